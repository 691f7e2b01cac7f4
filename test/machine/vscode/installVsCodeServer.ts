import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheFolder } from "../folders.js";
import { runCommand } from "../runCommand.js";
import { writeServerShims } from "./serverShims.js";

/** A VS Code server on disk, ready to start. */
export interface VsCodeServerFiles {
  /** The Node that this VS Code needs, which is newer than the one this project needs. */
  readonly node: string;
  /** The script that starts the server. */
  readonly entry: string;
  /** VS Code's version. */
  readonly version: string;
}

interface Tarball {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

const vsCodeVersion = "1.139.1";

/** The npm package with a server build of VS Code; its shrinkwrap pins what it depends on. */
const codeServer: Tarball = {
  name: "code-server",
  version: "4.139.1",
  integrity:
    "sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==",
};

/** The npm packages with the Node binary of each platform, as `node-<platform>-<arch>`. */
const nodeBinaries: Readonly<Record<string, string>> = {
  "linux-x64":
    "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
  "linux-arm64":
    "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
};
const nodeVersion = "24.21.0";

/** Dependencies that the server never loads in a web workbench, or that `serverShims` replaces. */
const unneeded = [
  "@devcontainers/cli",
  "@github/copilot-sdk",
  "@microsoft/1ds-core-js",
  "@microsoft/1ds-post-js",
  "@microsoft/mxc-sdk",
  "@vscode/copilot-api",
  "@vscode/native-watchdog",
  "@vscode/sandbox-runtime",
  "@vscode/spdlog",
  "@vscode/sqlite3",
  "@vscode/windows-process-tree",
  "@vscode/windows-registry",
  "kerberos",
  "ssh2",
];

/** Built-in extensions that cost about 90 MB and that nothing here uses. */
const unneededExtensions = ["copilot", "mermaid-markdown-features", "microsoft-authentication"];

/**
 * Puts a VS Code server into the cache folder, 100 MB to download and 260 MB on disk, or finds the
 * one that is there. No install script runs and no compiler is needed.
 * Fails where npm has no Node binary for the platform (macOS, Windows): desktop VS Code is for them.
 */
export async function installVsCodeServer(
  say: (line: string) => void = console.log,
): Promise<VsCodeServerFiles> {
  const platform = `${process.platform}-${process.arch}`;
  const root = path.join(cacheFolder, `vscode-server-${vsCodeVersion}-${platform}`);
  const files: VsCodeServerFiles = {
    node: path.join(root, "node"),
    entry: path.join(root, "vscode", "out", "server-main.js"),
    version: vsCodeVersion,
  };
  if (existsSync(root)) return files;

  const integrity = nodeBinaries[platform];
  if (integrity === undefined) throw new Error(`no VS Code server can be installed on ${platform}`);
  const node: Tarball = { name: `node-${platform}`, version: nodeVersion, integrity };

  say(`VS Code server ${vsCodeVersion}: from npm into .cache/ (100 MB to download)`);
  await mkdir(cacheFolder, { recursive: true });
  const temporary = await mkdtemp(path.join(cacheFolder, "incomplete-"));
  try {
    const [codeServerFile, nodeFile] = await Promise.all([
      download(codeServer, temporary),
      download(node, temporary),
    ]);
    const stage = path.join(temporary, "stage");
    await mkdir(stage);
    const into = ["-C", stage, "--strip-components=2"];
    const without = unneededExtensions.map((name) => `--exclude=*/lib/vscode/extensions/${name}`);
    await runCommand("tar", [
      "-xzf",
      codeServerFile,
      ...into,
      ...without,
      "--exclude=*.map",
      "package/lib/vscode",
    ]);
    await runCommand("tar", ["-xzf", nodeFile, ...into, "package/bin/node"]);
    await installDependencies(path.join(stage, "vscode"), platform);
    // The last step, so that the folder is either complete or not there.
    await rename(stage, root);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return files;
}

async function download(tarball: Tarball, folder: string): Promise<string> {
  const spec = `${tarball.name}@${tarball.version}`;
  await runCommand("npm", ["pack", spec, "--silent", "--pack-destination", folder]);
  const file = path.join(folder, `${tarball.name}-${tarball.version}.tgz`);
  const digest = createHash("sha512")
    .update(await readFile(file))
    .digest("base64");
  if (`sha512-${digest}` !== tarball.integrity) {
    throw new Error(`${spec} is not the expected file, its digest is sha512-${digest}`);
  }
  return file;
}

async function installDependencies(folder: string, platform: string): Promise<void> {
  const manifestFile = path.join(folder, "package.json");
  const manifest = JSON.parse(await readFile(manifestFile, "utf8")) as {
    dependencies: Record<string, string>;
    allowScripts?: unknown;
  };
  manifest.dependencies = Object.fromEntries(
    Object.entries(manifest.dependencies).filter(([name]) => !unneeded.includes(name)),
  );
  delete manifest.allowScripts;
  await writeFile(manifestFile, JSON.stringify(manifest));
  await runCommand(
    "npm",
    ["install", "--ignore-scripts", "--omit=dev", "--no-engine-strict", "--no-audit", "--no-fund"],
    { cwd: folder },
  );
  const modules = path.join(folder, "node_modules");
  await writeServerShims(modules);
  for (const binaries of ["@vscode/ripgrep-universal/bin", "node-pty/prebuilds"]) {
    const parent = path.join(modules, binaries);
    for (const name of existsSync(parent) ? await readdir(parent) : []) {
      if (!name.startsWith(platform)) {
        await rm(path.join(parent, name), { recursive: true, force: true });
      }
    }
  }
}
