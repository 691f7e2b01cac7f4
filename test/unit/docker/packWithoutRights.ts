/** Packs the folder named on the command line as a user without rights; prints the failure. */
import { EcrError } from "../../../src/core/errors.js";
import { parseDockerignore } from "../../../src/docker/dockerignore.js";
import { packContext } from "../../../src/docker/tarContext.js";
import { walkContext } from "../../../src/docker/walkContext.js";

const [root = "", ignoreFile = ""] = process.argv.slice(2);
const rules = parseDockerignore(ignoreFile, process.platform);
const signal = AbortSignal.timeout(30_000);
const walk = { root, rules, reinclusion: "literal", platform: process.platform } as const;
const packed = { bytes: 0, files: 0 };
if (process.getuid?.() === 0) {
  process.setgroups?.([65534]);
  process.setgid?.(65534);
  process.setuid?.(65534);
}
try {
  for await (const chunk of packContext(walkContext(walk, signal), [], packed, signal)) {
    if (chunk.length === 0) throw new Error("a chunk is empty");
  }
  console.log(JSON.stringify({ files: packed.files }));
} catch (error) {
  console.log(JSON.stringify(error instanceof EcrError ? error.failure : String(error)));
}
