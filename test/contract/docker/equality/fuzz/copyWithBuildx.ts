import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { extract } from "tar-stream";

/**
 * Lets BuildKit copy folders in one build with buildx, and lists what it copied of each, by the
 * folder's own `.dockerignore`; folders end with `/`. Needs Docker Engine 23, which knows named
 * contexts. At most a hundred folders: each is a layer.
 */
export async function copyWithBuildx(
  buildx: string,
  host: string,
  folders: readonly string[],
): Promise<string[][]> {
  const home = await mkdtemp(path.join(tmpdir(), "ecr-buildx-"));
  try {
    const dockerfile = path.join(home, "Dockerfile");
    const archive = path.join(home, "copied.tar");
    const context = path.join(home, "context");
    await mkdir(context);
    const copies = folders.map((_, index) => `COPY --from=c${index} . /${index}/\n`);
    await writeFile(dockerfile, `FROM scratch\n${copies.join("")}`);
    const args = [
      ...["build", "--file", dockerfile, "--output", `type=tar,dest=${archive}`],
      ...folders.flatMap((folder, index) => ["--build-context", `c${index}=${folder}`]),
      context,
    ];
    const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: home, BUILDX_CONFIG: home };
    await promisify(execFile)(buildx, args, { env, maxBuffer: 64 * 1024 * 1024 });
    const copied = folders.map((): string[] => []);
    for await (const entry of createReadStream(archive).pipe(extract())) {
      entry.resume();
      const [index = "", ...rest] = entry.header.name.split("/");
      const folder = entry.header.type === "directory" ? "/" : "";
      const name = rest.join("/").replace(/\/$/, "");
      if (name !== "") copied[Number(index)]?.push(name + folder);
    }
    return copied.map((names) => names.sort());
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}
