import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { keep } from "../keeper.js";
import { runCommand } from "../runCommand.js";
import { installVsCodeServer } from "./installVsCodeServer.js";
import { writeUserSettings } from "./writeUserSettings.js";

/** How a VS Code server starts. */
export interface VsCodeServerOptions {
  /** Folders of unpacked extensions, loaded as if they were installed. */
  readonly extensionFolders?: readonly string[];
  /** Packed extensions to install. */
  readonly vsixFiles?: readonly string[];
  /** User settings on top of `quietSettings`; they win over what a kept user folder has. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables for the server, its extension host and terminals, on top of this process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where user data is kept; default: a temporary folder that goes away. */
  readonly userFolder?: string;
  /**
   * Lets a page run an extension test suite and learn its end. VS Code then shows no notification,
   * so it is not for UI tests. Default: false.
   */
  readonly forTestSuite?: boolean;
  /** Lets VS Code tell trusted workspaces from others; default: all are trusted. */
  readonly asksForTrust?: boolean;
}

/** What a page opens. */
export interface PageTarget {
  /** The folder that the workbench opens; default: an empty window. */
  readonly folder?: string;
  /** Extension under development, with `testsFile`; needs `forTestSuite`. */
  readonly extensionFolders?: readonly string[];
  /** The script whose `run()` the extension host calls; needs `forTestSuite`. */
  readonly testsFile?: string;
}

/** A running VS Code server, reachable from this machine only, with a random token in its URL. */
export interface VsCodeServer {
  /** The address of a workbench, token included. */
  pageUrl(target?: PageTarget): string;
  /** Holds settings, state and logs. */
  readonly userFolder: string;
  /** The last lines that the server wrote, for a message about a failure. */
  lastLines(): string;
  /** Resolves when the server ends, whatever the reason. */
  readonly ended: Promise<string>;
  /** Resolves when an extension host ends, with its exit code and signal. */
  readonly extensionHostEnded: Promise<string>;
  /** Stops the server and what it started, and removes its temporary files. */
  stop(): Promise<void>;
}

/** Starts a VS Code server on a free port of 127.0.0.1; installs it first when it isn't there. */
export async function startVsCodeServer(options: VsCodeServerOptions = {}): Promise<VsCodeServer> {
  const files = await installVsCodeServer();
  const home = await mkdtemp(path.join(os.tmpdir(), "ecr-code-"));
  const userFolder = options.userFolder ?? path.join(home, "user");
  const extensionsFolder = path.join(home, "extensions");
  await mkdir(extensionsFolder);
  await writeUserSettings(userFolder, options.settings ?? {});
  for (const folder of options.extensionFolders ?? [])
    await linkExtension(folder, extensionsFolder);

  const env = serverEnvironment(options.env ?? {});
  const folders = [
    "--accept-server-license-terms",
    ...["--server-data-dir", path.join(home, "server")],
    ...["--user-data-dir", userFolder],
    ...["--extensions-dir", extensionsFolder],
  ];
  for (const file of options.vsixFiles ?? []) {
    await runCommand(files.node, [files.entry, ...folders, "--install-extension", file], { env });
  }

  const token = randomBytes(16).toString("hex");
  const tokenFile = path.join(home, "connection-token");
  await writeFile(tokenFile, token, { mode: 0o600 });
  const child = spawn(
    files.node,
    [
      files.entry,
      ...folders,
      ...["--host", "127.0.0.1", "--port", "0", "--connection-token-file", tokenFile],
      ...["--disable-telemetry", "--disable-getting-started-override"],
      ...(options.asksForTrust === true ? [] : ["--disable-workspace-trust"]),
      ...(options.forTestSuite === true ? ["--enable-smoke-test-driver"] : []),
    ],
    { env, detached: true, stdio: ["ignore", "pipe", "pipe"] },
  );
  const leader = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("spawn", () => {
      if (child.pid !== undefined) resolve(child.pid);
    });
  });
  const stop = keep({ leader, folder: home });
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => {
      resolve(String(signal ?? code));
    });
  });

  let lines = "";
  const read = (pattern: RegExp): Promise<string> =>
    new Promise((resolve) => {
      const onText = (): void => {
        const found = pattern.exec(lines);
        if (found?.[1] !== undefined) resolve(found[1]);
      };
      child.stdout.on("data", onText);
      child.stderr.on("data", onText);
    });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      lines = (lines + text).slice(-20_000);
    });
  }
  const extensionHostEnded = read(/Extension Host Process exited with (code: \S+, signal: \w+)/);
  const port = await Promise.race([
    read(/Extension host agent listening on (\d+)/),
    ended.then(() => undefined),
  ]);
  if (port === undefined) {
    await stop();
    throw new Error(`the VS Code server ended at its start: ${lines}`);
  }
  return {
    pageUrl: (target = {}) => pageUrl(`127.0.0.1:${port}`, token, target),
    userFolder,
    lastLines: () => lines.slice(-4000),
    ended,
    extensionHostEnded,
    stop,
  };
}

/** Leaves out what a VS Code around this process says to its own children, and the gallery. */
function serverEnvironment(
  more: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name));
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: "{}", ...more };
}

async function linkExtension(folder: string, extensionsFolder: string): Promise<void> {
  const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8")) as {
    publisher: string;
    name: string;
    version: string;
  };
  const name = `${manifest.publisher}.${manifest.name}-${manifest.version}`.toLowerCase();
  const link = path.join(extensionsFolder, name);
  await rm(link, { force: true });
  await symlink(path.resolve(folder), link, "junction");
}

function pageUrl(authority: string, token: string, target: PageTarget): string {
  const remote = (file: string): string =>
    `vscode-remote://${authority}${path.resolve(file).split("/").map(encodeURIComponent).join("/")}`;
  const query = new URLSearchParams({ tkn: token });
  if (target.folder === undefined) query.set("ew", "true");
  else query.set("folder", path.resolve(target.folder));
  if (target.testsFile !== undefined) {
    const payload = [
      ["skipWelcome", "true"],
      ...(target.extensionFolders ?? []).map((f) => ["extensionDevelopmentPath", remote(f)]),
      ["extensionTestsPath", remote(target.testsFile)],
    ];
    query.set("payload", JSON.stringify(payload));
  }
  return `http://${authority}/?${query.toString()}`;
}
