import { randomUUID } from "node:crypto";
import { readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { EcrError } from "../core/errors.js";
import type { BuildRequest } from "../core/enginePorts.js";
import { parseDockerignore, type IgnoreRules } from "./dockerignore.js";
import { parseInstructions, type Instruction } from "./dockerfileSource.js";
import type { GeneratedFile } from "./tarContext.js";
import { contextUnreadable, readFailureReason } from "./walkContext.js";

/** A build that was looked at and may be sent. */
export interface PreparedBuild {
  /** The context folder, links resolved. */
  readonly root: string;
  readonly rules: IgnoreRules;
  /** What the Dockerfile is called inside the archive. */
  readonly dockerfile: string;
  /** Files that stand in the archive instead of the context's own. */
  readonly generated: readonly GeneratedFile[];
  /** Names in the archive that the build itself may not see. */
  readonly hidden: readonly string[];
  readonly instructions: readonly Instruction[];
  /** Whether the Dockerfile names the frontend that reads it, with `# syntax=`. */
  readonly hasOwnFrontend: boolean;
}

const IGNORE_FILE = ".dockerignore";

/**
 * Reads the Dockerfile and the ignore rules of a build before anything is sent.
 *
 * `<Dockerfile>.dockerignore` beside the Dockerfile wins over the context's `.dockerignore`.
 * The archive always holds the Dockerfile and an ignore file for the engine, which removes both
 * again where the rules say so: https://docs.docker.com/build/concepts/context/#dockerignore-files
 * Fails with `dockerfile-unreadable`, `dockerfile-empty` or `context-unreadable`.
 */
export async function prepareBuild(
  request: BuildRequest,
  platform: NodeJS.Platform,
): Promise<PreparedBuild> {
  const source = await readDockerfile(request.dockerfile);
  const text = source.toString("utf8");
  const instructions = parseInstructions(text);
  if (instructions.length === 0) {
    throw new EcrError({ kind: "dockerfile-empty", path: request.dockerfile });
  }
  const root = await resolveContext(request.context);
  const own = await readIgnoreFile(`${request.dockerfile}${IGNORE_FILE}`, platform);
  const shared = await readIgnoreFile(path.join(root, IGNORE_FILE), platform);
  const rules = (own ?? shared)?.rules ?? parseDockerignore("", platform);

  const inside = await findInside(root, request.dockerfile);
  const dockerfile = inside ?? `.dockerfile.${randomUUID()}`;
  const generated: GeneratedFile[] = [];
  const hidden: string[] = [];
  if (!inside || rules.match(inside).ignored) {
    generated.push({ path: dockerfile, content: source });
    hidden.push(dockerfile);
  }
  if (!shared || rules.match(IGNORE_FILE).ignored) hidden.push(IGNORE_FILE);
  if (!inside || own) {
    // The engine asks the archive's ignore file which of these two the build may not see.
    const lines = [
      hidden.includes(IGNORE_FILE) ? "" : (shared?.text ?? ""),
      `${hidden.includes(IGNORE_FILE) ? "" : "!"}${IGNORE_FILE}`,
      `${hidden.includes(dockerfile) ? "" : "!"}${escapePattern(dockerfile)}`,
    ];
    generated.push({ path: IGNORE_FILE, content: Buffer.from(`${lines.join("\n")}\n`) });
  } else if (shared && rules.match(IGNORE_FILE).ignored) {
    generated.push({ path: IGNORE_FILE, content: Buffer.from(shared.text) });
  }
  const hasOwnFrontend = /^(?:\s*#[^\n]*\n)*?\s*#\s*syntax\s*=/i.test(text);
  return { root, rules, dockerfile, generated, hidden, instructions, hasOwnFrontend };
}

async function readDockerfile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new EcrError(
      { kind: "dockerfile-unreadable", path: file, reason: readFailureReason(error) },
      { cause: error },
    );
  }
}

/** Returns the context folder with its links resolved, or fails with `context-unreadable`. */
export async function resolveContext(context: string): Promise<string> {
  try {
    const root = await realpath(context);
    if ((await stat(root)).isDirectory()) return root;
  } catch (error) {
    throw contextUnreadable(context, error);
  }
  throw contextUnreadable(context, new Error("it is not a folder"));
}

async function readIgnoreFile(
  file: string,
  platform: NodeJS.Platform,
): Promise<{ text: string; rules: IgnoreRules } | undefined> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw contextUnreadable(file, error);
  }
  const rules = parseDockerignore(text, platform, (error) => contextUnreadable(file, error));
  return { text, rules };
}

/** The Dockerfile's path inside the context, unless it lies outside or behind a link. */
async function findInside(root: string, dockerfile: string): Promise<string | undefined> {
  const folder = await realpath(path.dirname(dockerfile));
  const named = path.join(folder, path.basename(dockerfile));
  const relative = path.relative(root, named);
  const outside = relative === ".." || relative.startsWith(`..${path.sep}`);
  if (outside || path.isAbsolute(relative) || (await realpath(dockerfile)) !== named) {
    return undefined;
  }
  return relative.replaceAll(path.sep, "/");
}

/** Writes a name as an ignore file has it, where some characters stand for others. */
export function escapePattern(name: string): string {
  return name.replace(/[\\*?[\]]/g, "\\$&");
}
