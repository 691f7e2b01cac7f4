/** Measures the folder named on the command line as a user without rights; prints what comes of it. */
import { PacedDisk } from "../../../../src/docker/buildkit/fileSyncDisk.js";
import { MeasuringWalk } from "../../../../src/docker/context/measuringWalk.js";
import { parseDockerignore } from "../../../../src/docker/dockerignore.js";

const [root = "", ignore = ""] = process.argv.slice(2);
if (process.getuid?.() === 0) {
  process.setgroups?.([65534]);
  process.setgid?.(65534);
  process.setuid?.(65534);
}
const walk = { root, includes: undefined, excludes: parseDockerignore(ignore), sharesLinks: true };
const never = new AbortController().signal;
const measured = await new MeasuringWalk(walk, new PacedDisk(), () => undefined, never).run();
console.log(
  JSON.stringify({
    rows: measured.tree.children.map(({ state, path }) => `${state} ${path}`),
    findings: measured.findings.map(({ why, path }) => `${why} ${path}`),
  }),
);
