import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { IgnoreRules } from "../dockerignore.js";

/** Folders of system programs, which the PATH of a desktop program often lacks. */
const SYSTEM_FOLDERS = ["/usr/sbin", "/sbin"];
/** A look at more files than this takes is given up; it must not outlast a build. */
const LIMIT_MS = 10_000;
/** How many files are named. */
const NAMED_FILES = 3;
/** A line of getcap: the path, in older versions " =", and the capabilities. */
const LINE = /^(.+?)(?: =)? \S*cap_\S+$/;

/** What a look for capabilities needs. */
export interface CapabilityWatchParts {
  /** The context's folder. */
  readonly root: string;
  readonly rules: IgnoreRules;
  readonly platform: NodeJS.Platform;
  readonly warn: (text: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Warns of files whose capabilities (`security.capability`) do not travel with a context, as Node
 * reads no extended attributes.
 *
 * Linux' own program reads them, where the machine has it; nobody warns elsewhere.
 * Program: https://man7.org/linux/man-pages/man8/getcap.8.html
 */
export class CapabilityWatch {
  #look: Promise<void> | undefined;

  constructor(private readonly parts: CapabilityWatchParts) {}

  /** Looks once, however often it is called; for a context of which something is sent. */
  start(): void {
    if (this.parts.platform === "linux") this.#look ??= this.#find();
  }

  /** Waits for the end of a look that has begun. */
  async settle(): Promise<void> {
    await this.#look;
  }

  async #find(): Promise<void> {
    const { root, rules, warn, signal } = this.parts;
    const files = (await listCapableFiles(root, signal))
      .map((file) => path.relative(root, file))
      .filter((file) => !rules.match(file).ignored);
    if (files.length === 0 || signal.aborted) return;
    const more = files.length > NAMED_FILES ? ` and ${files.length - NAMED_FILES} more` : "";
    const named = `${files.slice(0, NAMED_FILES).join(", ")}${more}`;
    warn(`${named}: capabilities of files do not travel; set them in the Dockerfile with setcap`);
  }
}

/** Lists what getcap finds below a folder; nothing where it can't be run. */
async function listCapableFiles(root: string, signal: AbortSignal): Promise<readonly string[]> {
  const child = spawn("getcap", ["-r", root], {
    env: { PATH: [process.env["PATH"], ...SYSTEM_FOLDERS].join(path.delimiter), LC_ALL: "C" },
    stdio: ["ignore", "pipe", "ignore"],
    signal,
    timeout: LIMIT_MS,
  });
  const ended = new Promise<void>((resolve) => {
    // A missing program ends with an error and never closes.
    child.once("error", () => {
      resolve();
    });
    child.once("close", () => {
      resolve();
    });
  });
  const files: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    const file = LINE.exec(line)?.[1];
    if (file !== undefined) files.push(file);
  }
  await ended;
  return files;
}
