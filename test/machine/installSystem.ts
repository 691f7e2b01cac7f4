import { createInterface } from "node:readline/promises";
import { fetchBusybox } from "./baseImages.js";
import { findEngineFiles, unpackEngine } from "./engineFiles.js";
import { findNewerEngineFiles, unpackNewerEngine } from "./newerEngineFiles.js";
import { findProgram } from "./findProgram.js";
import { findPodmanFiles, unpackPodman } from "./podmanFiles.js";
import { rootCommand } from "./rootCommand.js";
import { runCommand } from "./runCommand.js";
import { findBrowser } from "./vscode/findBrowser.js";

/** Something that a run can use and that doesn't come from npm. */
export type SystemPart =
  "engine" | "Docker 26.1" | "Podman" | "browser" | "skopeo" | "OpenSSH" | "base image";

interface Installable {
  readonly part: SystemPart;
  /** What it is for, to end the sentence "… is needed". */
  readonly purpose: string;
  isHere(): boolean;
  /** Debian packages that are installed. */
  readonly packages: readonly string[];
  /** What is unpacked into the cache folder instead. */
  readonly unpacks?: { readonly name: string; run(asRoot: readonly string[]): Promise<void> };
  /** What a person does where this program can't install it. */
  readonly byHand: string;
}

const installables: readonly Installable[] = [
  {
    part: "engine",
    purpose: "to build and push images",
    isHere: () => findEngineFiles() !== undefined,
    packages: [],
    unpacks: { name: "Debian's docker.io", run: unpackEngine },
    byHand: "install Docker Engine, Docker Desktop or Podman, or set DOCKER_HOST",
  },
  {
    part: "Docker 26.1",
    purpose: "to test on a newer engine, with either image store, and beside buildx",
    isHere: () => findNewerEngineFiles() !== undefined,
    packages: [],
    unpacks: { name: "Debian trixie's docker.io and docker-buildx", run: unpackNewerEngine },
    byHand: "name one in ECR_TEST_DOCKER_HOSTS",
  },
  {
    part: "Podman",
    purpose: "to test on an engine without BuildKit",
    isHere: () => findPodmanFiles() !== undefined,
    packages: [],
    unpacks: { name: "Debian's podman", run: unpackPodman },
    byHand: "install Podman, or name one in ECR_TEST_DOCKER_HOSTS",
  },
  {
    part: "browser",
    purpose: "to show VS Code and to click in it",
    isHere: () => findBrowser() !== undefined,
    packages: ["chromium", "fonts-dejavu-core"],
    byHand: "install Chromium, Chrome or Edge, or set CHROME_PATH",
  },
  {
    part: "skopeo",
    purpose: "to check the local ECR with a second client",
    isHere: () => findProgram("skopeo") !== undefined,
    packages: ["skopeo"],
    byHand: "install skopeo",
  },
  {
    part: "OpenSSH",
    purpose: "to lend a real SSH agent to builds",
    isHere: () =>
      ["ssh-agent", "ssh-add", "ssh-keygen"].every((name) => findProgram(name) !== undefined),
    packages: ["openssh-client"],
    byHand: "install OpenSSH",
  },
];

/**
 * Makes sure that the parts are on this machine and returns those that are not, each with a sentence
 * that was printed too. It says what it installs, and asks first on an interactive terminal. Only
 * Debian and its kin, as root or with sudo, get anything installed; an engine that is there is kept.
 */
export async function installSystem(
  wanted: readonly SystemPart[],
): Promise<ReadonlyMap<SystemPart, string>> {
  const missing = installables.filter((one) => wanted.includes(one.part) && !one.isHere());
  const asRoot = await rootCommand();
  if (missing.length > 0 && asRoot !== undefined && findProgram("apt-get") !== undefined) {
    if (await isAllowed(missing)) await install(missing, asRoot);
  }
  const absent = new Map<SystemPart, string>();
  for (const { part, purpose, byHand } of missing.filter((one) => !one.isHere())) {
    absent.set(part, `No ${part} is here ${purpose}: ${byHand}.`);
  }
  if (wanted.includes("base image")) {
    await fetchBusybox().catch((error: unknown) => {
      absent.set("base image", `No base image for builds: ${String(error)}.`);
    });
  }
  for (const sentence of absent.values()) console.log(sentence);
  return absent;
}

async function isAllowed(missing: readonly Installable[]): Promise<boolean> {
  for (const { part, purpose, packages, unpacks } of missing) {
    const how =
      unpacks === undefined
        ? `apt-get install ${packages.join(" ")}`
        : `${unpacks.name}, unpacked into .cache/ and not installed`;
    console.log(`The ${part} is missing, ${purpose}: ${how}`);
  }
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY;
  if (!isInteractive || process.env["CI"] !== undefined) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question("Install now? [Y/n] ");
  terminal.close();
  return /^\s*(y|yes)?\s*$/i.test(answer);
}

async function install(missing: readonly Installable[], asRoot: readonly string[]): Promise<void> {
  const apt = async (...args: string[]): Promise<void> => {
    const line = [...asRoot, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
    await runCommand(line[0] ?? "env", line.slice(1));
  };
  await apt("update", "--quiet");
  const packages = missing.flatMap((one) => one.packages);
  if (packages.length > 0) {
    await apt("install", "--yes", "--quiet", "--no-install-recommends", ...packages);
  }
  // In the order of the list: newer programs run on what comes with older ones.
  for (const { part, unpacks } of missing) {
    await unpacks?.run(asRoot).catch((error: unknown) => {
      console.log(`The ${part} can't be unpacked: ${String(error)}`);
    });
  }
}
