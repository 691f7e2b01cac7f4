import { lstat, readdir, readlink } from "node:fs/promises";
import path from "node:path";
import { compileGoPattern, type PathTest } from "../goPattern.js";
import { contextUnreadable } from "../walkContext.js";
import { isGone } from "./syncWalkErrors.js";

/** As many links as Go follows for one path: https://pkg.go.dev/path/filepath#EvalSymlinks */
const MAX_LINKS = 255;

/** A path on its way: what is resolved already, what follows, and the links behind it. */
interface Step {
  readonly path: string;
  readonly links: number;
}

/**
 * Adds to paths what they reach through links, and returns patterns for all of it.
 *
 * Each component may be a link, and the last of a link's siblings may be named with wildcards. All
 * stays inside the folder: `..` ends at its top, and absolute links begin there. Links that lead in
 * circles end. The result is sorted; `.` stands for the whole folder.
 * Source: https://github.com/tonistiigi/fsutil/blob/master/followlinks.go
 */
export async function followPaths(
  root: string,
  paths: readonly string[],
  platform: NodeJS.Platform,
): Promise<readonly string[]> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const steps: Step[] = paths.map((one) => ({ path: toSlashes(one, platform), links: 0 }));
  // Not a recursion: a chain of links may be as long as it likes.
  for (let step = steps.pop(); step; step = steps.pop()) {
    const parts = clean(step.path).split("/");
    let reached = "";
    for (const [index, part] of parts.entries()) {
      reached = reached ? `${reached}/${part}` : part;
      const rest = parts.slice(index + 1).join("/");
      const targets = await readLinks(root, reached, platform);
      if (targets.length > 0 || rest === "") found.add(reached || ".");
      if (targets.length === 0) continue;
      const key = `${reached}\0${rest}`;
      if (seen.has(key) || step.links >= MAX_LINKS) break;
      seen.add(key);
      for (const target of targets) {
        steps.push({ path: `${target}/${rest}`, links: step.links + 1 });
      }
      break;
    }
  }
  return [...found].sort();
}

/** Makes a path relative to the folder; `..` can't climb above it. */
function clean(name: string): string {
  return path.posix.normalize(`/${name}`).replace(/^\/|\/$/g, "");
}

function toSlashes(name: string, platform: NodeJS.Platform): string {
  return platform === "win32" ? name.replaceAll("\\", "/").replace(/^[A-Za-z]:/, "") : name;
}

/** Returns where a path, or each that it stands for, points to; none for what is no link. */
async function readLinks(
  root: string,
  name: string,
  platform: NodeJS.Platform,
): Promise<readonly string[]> {
  if (name === "") return [];
  const folder = path.posix.dirname(name);
  const base = path.posix.basename(name);
  const escapes = platform !== "win32";
  const names = hasWildcard(base, escapes)
    ? await findMatches(root, folder, base, escapes)
    : [base];
  const targets: string[] = [];
  for (const one of names) {
    const target = await readTarget(path.join(root, folder, one));
    if (target === undefined) continue;
    const link = toSlashes(target, platform);
    const absolute = link.startsWith("/") || (!escapes && path.win32.isAbsolute(target));
    targets.push(absolute ? link : `${folder}/${link}`);
  }
  return targets;
}

/** Returns undefined for what is no link, or is not there. */
async function readTarget(absolutePath: string): Promise<string | undefined> {
  try {
    const stats = await lstat(absolutePath);
    return stats.isSymbolicLink() ? await readlink(absolutePath) : undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw contextUnreadable(absolutePath, error);
  }
}

/** Returns the names that a pattern stands for; the pattern itself may be one. */
async function findMatches(
  root: string,
  folder: string,
  pattern: string,
  escapes: boolean,
): Promise<readonly string[]> {
  try {
    const matches = compileName(pattern, escapes);
    return [pattern, ...(await readdir(path.join(root, folder))).filter(matches)];
  } catch (error) {
    if (isGone(error)) return [];
    throw contextUnreadable(path.join(root, folder), error);
  }
}

/** A pattern that is not valid matches nothing here; it fails when files are matched with it. */
function compileName(pattern: string, escapes: boolean): PathTest {
  try {
    // Inside one name, several stars mean no more than one.
    const single = pattern.replace(/\\.|\*+/gs, (part) => (part.startsWith("*") ? "*" : part));
    return compileGoPattern(single, escapes);
  } catch {
    return () => false;
  }
}

function hasWildcard(name: string, escapes: boolean): boolean {
  return /[*?[]/.test(escapes ? name.replace(/\\./gs, "") : name);
}
