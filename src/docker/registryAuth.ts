import type { RegistryToken } from "../core/login/registryToken.js";
import type { StoredLogin } from "./credentialHelper.js";
import { loginKey } from "./dockerLogins.js";

/**
 * Encodes one token for the header `X-Registry-Auth`; without a token, the empty login.
 *
 * Engines decode both headers as URL-safe base64 with padding:
 * https://github.com/moby/moby/blob/v20.10.24/api/server/router/image/image_routes.go
 */
export function encodeRegistryAuth(token: RegistryToken | undefined): string {
  return encode(token ? { ...login(token), serveraddress: token.host } : {});
}

/** Encodes logins for the header `X-Registry-Config`, each under its own host only. */
export function encodeRegistryConfig(logins: ReadonlyMap<string, StoredLogin>): string {
  const entries: Record<string, object> = {};
  for (const [host, { username, password }] of logins) {
    entries[loginKey(host)] = username ? { username, password } : { identitytoken: password };
  }
  return encode(entries);
}

function login(token: RegistryToken): { username: string; password: string } {
  return { username: token.username, password: token.revealPassword() };
}

function encode(value: object): string {
  const base64 = Buffer.from(JSON.stringify(value)).toString("base64");
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}
