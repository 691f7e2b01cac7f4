import { createReadStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { canary } from "../localEcr/tokens.js";

/** How much of the end of a chunk is looked at again with the next one; longer than any form. */
const OVERLAP = 1024;

/**
 * The forms of the canary: itself, and as base64 once to three times over, as tokens, logins and
 * headers nest them. Each stands in base64 in one of three ways, by what goes before it. Base64 for
 * URLs and the encoding of URLs have the same letters here: ASCII never makes a `+` or a `/`.
 */
const forms = [0, 1, 2, 3]
  .flatMap((times) => encode([canary], times))
  .map((form) => Buffer.from(form));

/** Tells whether a text or some bytes hold a token of the local ECR, in whatever form. */
export function holdsCanary(content: string | Buffer): boolean {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return forms.some((form) => bytes.includes(form));
}

/** Lists the files below a folder that hold a token of the local ECR; none where there is no folder. */
export async function findCanary(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && (await isMarked(file))) found.push(file);
  }
  return found;
}

/** Fails, with each file named, where something below these folders holds a token. */
export async function refuseCanary(folders: readonly string[]): Promise<void> {
  const found = (await Promise.all(folders.map(findCanary))).flat();
  if (found.length > 0) throw new Error(`a login token stands in ${found.join(", ")}`);
}

/** Watches the arguments of all processes of this machine; `stop` fails where one was a token. */
export function watchArguments(everyMs = 250, isSecret = holdsCanary): { stop(): Promise<void> } {
  const found = new Set<string>();
  const look = async (): Promise<void> => {
    const processes = (await readdir("/proc").catch(() => [])).filter((name) => /^\d+$/.test(name));
    for (const id of processes) {
      // A process may end at any time.
      const line = await readFile(`/proc/${id}/cmdline`).catch(() => Buffer.alloc(0));
      if (isSecret(line)) found.add(`${line.toString().split("\0")[0] ?? ""} (process ${id})`);
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await looking.then(look);
      if (found.size > 0) {
        throw new Error(`a login token is an argument of ${[...found].join(", ")}`);
      }
    },
  };
}

async function isMarked(file: string): Promise<boolean> {
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      const bytes = Buffer.concat([rest, chunk as Buffer]);
      if (holdsCanary(bytes)) return true;
      rest = bytes.subarray(-OVERLAP);
    }
  } catch (error) {
    // What is removed meanwhile, or is no plain file any more, holds nothing.
    if (!(error instanceof Error && "code" in error)) throw error;
  }
  return false;
}

/** The letters that a text is sure to have in base64, wherever it begins; so many times over. */
function encode(texts: readonly string[], times: number): string[] {
  if (times === 0) return [...texts];
  const once = texts.flatMap((text) =>
    [0, 1, 2].map((before) => {
      const encoded = Buffer.from(`${"x".repeat(before)}${text}`).toString("base64");
      // The first and the last letters hold bits of what stands around.
      const start = before === 0 ? 0 : before + 1;
      return encoded.slice(start, encoded.replace(/=+$/, "").length - 1);
    }),
  );
  return encode(once, times - 1);
}
