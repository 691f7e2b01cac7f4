import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "./folders.js";
import { runCommand } from "./runCommand.js";

/**
 * Downloads packages of this machine's own release, and of their dependencies what the system lacks,
 * and unpacks them into a folder. They aren't installed: packages start services, make sockets and
 * change the machine's network rules.
 */
export async function unpackWithDependencies(
  packages: readonly string[],
  folder: string,
  asRoot: readonly string[],
): Promise<void> {
  await unpack(folder, asRoot, async (debs) => {
    await mkdir(path.join(debs, "partial"), { recursive: true });
    const line = [
      ...asRoot,
      "apt-get",
      ...["install", "--download-only", "--yes", "--no-install-recommends", "--quiet"],
      ...["-o", `Dir::Cache::archives=${debs}`, "-o", "APT::Sandbox::User=root"],
      ...packages,
    ];
    await runCommand(line[0] ?? "apt-get", line.slice(1));
  });
}

/**
 * Downloads packages of another Debian release, without their dependencies, and unpacks them into a
 * folder. The system's own package lists stay as they are; apt checks the release's signature and
 * with it each package's hash.
 */
export async function unpackFromRelease(
  release: string,
  packages: readonly string[],
  folder: string,
): Promise<void> {
  await unpack(folder, [], async (debs) => {
    const sources = path.join(debs, "sources.list");
    await writeFile(sources, `deb ${signedBy()}${await findMirror()} ${release} main\n`);
    for (const name of ["lists", "cache"]) {
      await mkdir(path.join(debs, name, "partial"), { recursive: true });
    }
    const apart = [
      `Dir::Etc::sourcelist=${sources}`,
      "Dir::Etc::sourceparts=/dev/null",
      `Dir::State::lists=${path.join(debs, "lists")}`,
      "Dir::State::status=/dev/null",
      `Dir::Cache=${path.join(debs, "cache")}`,
      "APT::Sandbox::User=root",
      "APT::Update::Error-Mode=any",
      "Acquire::Languages=none",
    ].flatMap((option) => ["-o", option]);
    await runCommand("apt-get", [...apart, "update", "--quiet"]);
    await runCommand("apt-get", [...apart, "download", "--quiet", ...packages], { cwd: debs });
  });
}

/** Fills a folder from packages as a whole or not at all. */
async function unpack(
  folder: string,
  asRoot: readonly string[],
  download: (debs: string) => Promise<void>,
): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  const debs = await mkdtemp(path.join(cacheFolder, "debs-"));
  const stage = `${folder}-incomplete`;
  try {
    await rm(stage, { recursive: true, force: true });
    await download(debs);
    for (const name of await readdir(debs)) {
      if (name.endsWith(".deb")) await runCommand("dpkg-deb", ["-x", path.join(debs, name), stage]);
    }
    await rename(stage, folder);
  } finally {
    const remove = [...asRoot, "rm", "-rf", debs];
    await runCommand(remove[0] ?? "rm", remove.slice(1));
  }
}

/** Finds the mirror that the machine's own Debian packages come from. */
async function findMirror(): Promise<string> {
  const targets = await runCommand("apt-get", [
    ...["indextargets", "--format", "$(REPO_URI)"],
    ...["Created-By: Packages", "Origin: Debian", "Label: Debian"],
  ]);
  const mirror = targets.split("\n").find((line) => /^https?:/.test(line));
  return mirror?.trim() ?? "http://deb.debian.org/debian";
}

/** Other kinds of Debian have the archive's keys only in this file, if at all. */
function signedBy(): string {
  const keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
  return existsSync(keys) ? `[signed-by=${keys}] ` : "";
}
