/** Sends the folder named on the command line as a user without rights; prints what comes of it. */
import { EcrError } from "../../../../../src/core/errors.js";
import { makeFileSync } from "../../../../../src/docker/buildkit/fileSync.js";
import { receive } from "./receiver.js";

const [root = "", ...excluded] = process.argv.slice(2);
const service = makeFileSync({
  folders: { context: root, dockerfile: root },
  onProgress: () => undefined,
});
const said: string[] = [];
if (process.getuid?.() === 0) {
  process.setgroups?.([65534]);
  process.setgid?.(65534);
  process.setuid?.(65534);
}
try {
  const headers = { "dir-name": ["context"], "exclude-patterns": excluded };
  const { stats } = await receive(service, headers, {
    onPacket: ({ type, data }) => {
      if (type === 4) said.push(Buffer.from(data).toString());
      return undefined;
    },
  });
  console.log(JSON.stringify({ paths: stats.map((stat) => stat.path) }));
} catch (error) {
  const failure = error instanceof EcrError ? error.failure : String(error);
  console.log(JSON.stringify({ failure, said }));
}
