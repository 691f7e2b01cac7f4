/** The programs whose logins are known: they keep them in files of their own. */
export type ContainerClient = "docker" | "podman";

/** A command that talks to registries, as somebody typed it in a terminal. */
export interface ContainerCommand {
  readonly client: ContainerClient;
  /** What it does, such as `push`. */
  readonly verb: string;
  /** True where the line is this command and nothing else, so that running it again is all right. */
  readonly isAlone: boolean;
}

/** A registry that refused a command for want of a login. */
export interface LoginRefusal {
  readonly host: string;
  /** False where the words may mean a missing permission as well. */
  readonly isCertain: boolean;
}

const PROGRAMS: Readonly<Record<string, ContainerClient>> = {
  docker: "docker",
  "docker-compose": "docker",
  podman: "podman",
};
const VERBS = ["push", "pull", "build", "buildx", "bake", "compose"];

/** What ECR says to a login that has ended; Docker and Podman pass it on as it is. */
export const ENDED_LOGIN = /authorization token has expired/i;
/** What registries and engines say where no login came along, or one that is no good. */
export const REFUSED_LOGIN =
  /no basic auth credentials|unauthorized|authentication required|authorization failed|invalid username\/password|status: 401/i;
/** ECR says no more than this to an ended login where the request has no answer's body. */
const DENIED =
  /^(?!.*not authorized to perform).*(?:403 \(?forbidden|http 403 response body|\bdenied: |access denied)/i;

/**
 * Reads a command line of a terminal; undefined where it is no command that needs a registry.
 *
 * With `sudo` the command has the logins of another user, so that is none either.
 */
export function tryParseContainerCommand(line: string): ContainerCommand | undefined {
  const parts = line.trim().split(/&&|\|\||[;|\n]/);
  for (const part of parts) {
    const [program = "", ...words] = part
      .trim()
      .split(/\s+/)
      .filter((word, index, all) => !isAssignment(word, all.slice(0, index)));
    const name = (/[^/\\]+$/.exec(program)?.[0] ?? "").replace(/\.exe$/i, "");
    const client = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
    const verb = name === "docker-compose" ? "compose" : words.find((word) => VERBS.includes(word));
    if (client && verb !== undefined) return { client, verb, isAlone: parts.length === 1 };
  }
  return undefined;
}

/**
 * Finds in what a command wrote the registry that wants a login; undefined where none does.
 *
 * Only hosts that `isRegistry` knows count. What runs inside a build has refusals of its own, so
 * there the host has to stand in the same line; a push is about the registry that it names.
 */
export function findLoginRefusal(
  { verb }: ContainerCommand,
  commandLine: string,
  output: string,
  isRegistry: (host: string) => boolean,
): LoginRefusal | undefined {
  const lines = stripControls(output).split(/[\r\n]+/);
  const named =
    verb === "push" || verb === "pull"
      ? findHost([commandLine, ...lines].join("\n"), isRegistry)
      : undefined;
  const isLogin = (line: string): boolean => ENDED_LOGIN.test(line) || REFUSED_LOGIN.test(line);
  const isDenied = (line: string): boolean => DENIED.test(line);
  for (const [isRefused, isCertain] of [[isLogin, true] as const, [isDenied, false] as const]) {
    for (const line of lines) {
      const host = isRefused(line) ? (findHost(line, isRegistry) ?? named) : undefined;
      if (host !== undefined) return { host, isCertain };
    }
  }
  return undefined;
}

/** Tells whether a word sets a variable for the command that follows. */
function isAssignment(word: string, before: readonly string[]): boolean {
  const isVariable = (text: string): boolean => /^\w+=/.test(text);
  return isVariable(word) && before.every(isVariable);
}

function findHost(text: string, isRegistry: (host: string) => boolean): string | undefined {
  return text.match(/[a-z0-9][a-z0-9.-]*(?::\d+)?/gi)?.find(isRegistry);
}

/** Leaves out colours, cursor moves and titles. */
function stripControls(text: string): string {
  const escape = String.fromCharCode(27);
  const bell = String.fromCharCode(7);
  const moves = `${escape}\\[[0-?]*[ -/]*[@-~]`;
  const titles = `${escape}\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)`;
  return text.replace(new RegExp(`${moves}|${titles}`, "g"), "");
}
