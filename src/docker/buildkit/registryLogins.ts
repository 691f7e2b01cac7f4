import type { RegistryToken } from "../../core/registryToken.js";
import type { FindLogin } from "./authService.js";

/**
 * Finds logins for a build: a token for exactly its own host, for other hosts what the user has.
 *
 * A login of the user's that can't be read counts as none and is told, since most base images are
 * public.
 */
export function registryLogins(
  tokens: readonly RegistryToken[],
  findUserLogin: FindLogin,
  warn: (text: string) => void,
): FindLogin {
  return async (host) => {
    const token = tokens.find((own) => own.host === host);
    if (token) return { username: token.username, password: token.revealPassword() };
    try {
      return await findUserLogin(host);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warn(`${host} is asked without a login: ${reason}`);
      return undefined;
    }
  };
}
