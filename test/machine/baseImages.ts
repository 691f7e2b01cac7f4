import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pack } from "tar-stream";
import { openEngine } from "./engineApi.js";
import { findProgram } from "./findProgram.js";
import { cacheFolder } from "./folders.js";
import { runCommand } from "./runCommand.js";

/** The base image that builds in tests and in the sample use; no registry is asked for it. */
export const busyboxImage = "busybox:local";

const busyboxFile = path.join(cacheFolder, "busybox");

/**
 * Downloads Debian's busybox-static into the cache folder, unless it is there.
 * Fails where there is no apt-get: only Debian and its kin can make the base image.
 */
export async function fetchBusybox(): Promise<void> {
  if (existsSync(busyboxFile)) return;
  if (findProgram("apt-get") === undefined) {
    throw new Error("the base image is made of Debian's busybox-static, and there is no apt-get");
  }
  await mkdir(cacheFolder, { recursive: true });
  const folder = await mkdtemp(path.join(cacheFolder, "incomplete-"));
  try {
    await runCommand("apt-get", ["download", "--quiet", "busybox-static"], { cwd: folder });
    const deb = (await readdir(folder)).find((name) => name.endsWith(".deb"));
    if (deb === undefined) throw new Error("apt-get downloaded no busybox-static");
    await runCommand("dpkg-deb", ["-x", path.join(folder, deb), path.join(folder, "files")]);
    const places = ["bin/busybox", "usr/bin/busybox"].map((f) => path.join(folder, "files", f));
    await rename(places.find((file) => existsSync(file)) ?? "", busyboxFile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Gives an engine the base image `busybox:local`, unless it has it. */
export async function importBaseImages(host: string): Promise<void> {
  const engine = openEngine(host);
  const found = await engine.listImages({ filters: { reference: [busyboxImage] } });
  if (found.length > 0) return;
  await fetchBusybox();
  const busybox = await readFile(busyboxFile);
  const names = (await runCommand(busyboxFile, ["--list"])).trim().split("\n");
  const archive = pack();
  for (const name of ["bin", "etc", "root", "tmp"]) {
    archive.entry({ name, type: "directory", mode: name === "tmp" ? 0o1777 : 0o755 });
  }
  archive.entry({ name: "bin/busybox", mode: 0o755 }, busybox);
  for (const name of names.filter((applet) => applet !== "busybox")) {
    archive.entry({ name: `bin/${name}`, type: "symlink", linkname: "busybox" });
  }
  archive.entry({ name: "etc/passwd" }, "root:x:0:0:root:/root:/bin/sh\n");
  archive.entry({ name: "etc/group" }, "root:x:0:\n");
  archive.finalize();
  const answer = await engine.importImage(Readable.from(archive), {
    // With its tag: Podman doesn't look at the parameter for tags.
    repo: busyboxImage,
    changes: ["ENV PATH=/bin", 'CMD ["sh"]'],
  });
  const lines = await text(answer);
  if (/"error"/.test(lines)) throw new Error(`the engine refused the base image: ${lines}`);
}
