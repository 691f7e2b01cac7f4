import net from "node:net";
import { EcrError } from "../../core/errors.js";

/** Where Windows has its agent: https://learn.microsoft.com/windows-server/administration/openssh/openssh_keymanagement */
const WINDOWS_PIPE = "\\\\.\\pipe\\openssh-ssh-agent";

/** How long an agent may take to answer a connection. */
const CONNECT_MS = 5_000;

/** Finds the sockets of SSH agents: what a build names by id, and the user's own agent. */
export function findSshAgents(
  wanted: Readonly<Record<string, string | undefined>>,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): ReadonlyMap<string, string> {
  const own = environment["SSH_AUTH_SOCK"] || (platform === "win32" ? WINDOWS_PIPE : undefined);
  return new Map(
    Object.entries(wanted).map(([id, named]) => {
      const path = named ?? own;
      if (path !== undefined) return [id, path];
      throw new EcrError({
        kind: "ssh-agent-unavailable",
        path: undefined,
        reason: "SSH_AUTH_SOCK is not set",
      });
    }),
  );
}

/**
 * Fails with `ssh-agent-unavailable` where an agent that a build is to lend does not answer.
 *
 * Steps may do without an agent, and would then fail for a reason that is hard to see.
 */
export async function checkSshAgents(
  wanted: Readonly<Record<string, string | undefined>>,
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const agents = findSshAgents(wanted, environment, platform);
  for (const path of agents.values()) (await connectSshAgent(path, signal)).destroy();
  return agents;
}

/** Connects to an SSH agent; fails with `ssh-agent-unavailable`, and as the signal does. */
export async function connectSshAgent(path: string, signal: AbortSignal): Promise<net.Socket> {
  signal.throwIfAborted();
  const socket = net.connect({ path });
  // Whoever uses the connection hears of an error where it reads.
  socket.on("error", () => undefined);
  const limit = AbortSignal.timeout(CONNECT_MS);
  try {
    await connected(socket, AbortSignal.any([signal, limit]));
    return socket;
  } catch (error) {
    socket.destroy();
    signal.throwIfAborted();
    const reason = limit.aborted ? "it takes no connection" : connectReason(error);
    throw new EcrError({ kind: "ssh-agent-unavailable", path, reason }, { cause: error });
  }
}

function connected(socket: net.Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", give, { once: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      signal.removeEventListener("abort", give);
      socket.off("error", reject);
      resolve();
    });
  });
}

function connectReason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "it does not exist";
    case "ECONNREFUSED":
      return "nothing listens there";
    case "EACCES":
    case "EPERM":
      return "permission is denied";
    case "ENOTSOCK":
      return "it is not a socket";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
