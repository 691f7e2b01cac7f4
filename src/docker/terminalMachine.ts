import { access, constants } from "node:fs/promises";
import path from "node:path";

/** The machine whose terminals are meant. */
export interface TerminalMachine {
  readonly environment: NodeJS.ProcessEnv;
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  /** Receives lines for the log; never a secret. */
  readonly log: (line: string) => void;
}

/**
 * Podman's own file of logins, which goes before the docker command's and is written the same way.
 *
 * Source: https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md
 */
export function podmanAuthFile({ environment, homeFolder, platform }: TerminalMachine): string {
  const given = environment["REGISTRY_AUTH_FILE"];
  if (given) return given;
  const runtime = environment["XDG_RUNTIME_DIR"];
  if (platform === "linux" && runtime) return path.join(runtime, "containers", "auth.json");
  return path.join(homeFolder, ".config", "containers", "auth.json");
}

/** Tells whether a program can be run by its name; folders that depend on where one is don't count. */
export async function isOnPath(
  program: string,
  { environment, platform }: TerminalMachine,
): Promise<boolean> {
  const name = platform === "win32" ? `${program}.exe` : program;
  for (const folder of (environment["PATH"] ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const isThere = await access(path.join(folder, name), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return true;
  }
  return false;
}
