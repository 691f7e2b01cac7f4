import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { startBrowser } from "../machine/vscode/browser.js";
import { startVsCodeServer, type VsCodeServer } from "../machine/vscode/vsCodeServer.js";
import { Workbench } from "../ui/workbench.js";
import type { BenchRun } from "./benchRun.js";
import { emptyCommand, emptyName, writeEmptyExtension } from "./emptyExtension.js";
import type { Pair } from "./interleave.js";
import { readActivationTime } from "./readActivationTime.js";

/** How an extension is activated, and under which name VS Code lists it. */
interface Subject {
  readonly name: string;
  readonly command: string;
  /** What is on screen when the command has done its work. */
  readonly effect: string;
}

const empty: Subject = { name: emptyName, command: emptyCommand, effect: ".part.statusbar" };

/** How long VS Code gets to activate its own extensions, which compete for the same host. */
const settleMs = 3000;

/** The list of running extensions as an ordinary editor: the default is a small dialog. */
const settings = { "workbench.editor.useModal": "off" };

/**
 * Measures the activation of our extension and of an empty one, both in the same window, as often
 * as `run.runs` says; each time in a new window, whose extension host is new as well.
 *
 * Each is activated by a command of its own from the palette, after start-up, one after the other.
 * Ours is "Show Log": it needs the activation and then only opens a panel, so no SDK, engine or
 * view loads meanwhile. Who goes first changes from window to window. The first window fills
 * caches of VS Code and isn't counted.
 */
export async function measureActivation(run: BenchRun): Promise<readonly Pair[]> {
  const { folder } = await run.packaged();
  const temporary = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-"));
  const removeFolder = run.own(() => rm(temporary, { recursive: true, force: true }));
  const emptyFolder = path.join(temporary, "empty");
  await writeEmptyExtension(emptyFolder);
  const ours = await readSubject(folder);
  const server = await startVsCodeServer({ extensionFolders: [folder, emptyFolder], settings });
  const stopServer = run.own(() => server.stop());
  const browser = await startBrowser();
  const closeBrowser = run.own(() => browser.close());
  const pairs: Pair[] = [];
  for (let turn = 0; turn <= run.runs; turn++) {
    run.say(`Activation in window ${turn} of ${run.runs}`);
    const pair = await measureWindow(browser, server, ours, turn % 2 === 0);
    if (turn > 0) pairs.push(pair);
  }
  await closeBrowser();
  await stopServer();
  await removeFolder();
  return pairs;
}

async function measureWindow(
  browser: Browser,
  server: VsCodeServer,
  ours: Subject,
  isOursFirst: boolean,
): Promise<Pair> {
  // A list draws only the rows that fit, so the window is tall enough for all.
  const page = await browser.newPage({ viewport: { width: 1280, height: 3000 } });
  await page.goto(server.pageUrl(), { waitUntil: "commit" });
  const workbench = new Workbench(page, "");
  await workbench.waitUntilReady();
  await delay(settleMs);
  for (const { command, effect } of isOursFirst ? [ours, empty] : [empty, ours]) {
    await workbench.quickInput.run(command);
    await workbench.quickInput.waitUntilHidden();
    await page.locator(effect).waitFor();
  }
  await workbench.quickInput.run("Developer: Show Running Extensions");
  const pair = {
    ours: await readActivationTime(workbench, ours.name),
    peer: await readActivationTime(workbench, empty.name),
  };
  // Leaving the page ends its extension host; a page that vanishes would be waited for.
  await page.goto("about:blank");
  await page.close();
  return pair;
}

/** Reads our command and name as people see them. */
async function readSubject(folder: string): Promise<Subject> {
  const texts = JSON.parse(await readFile(path.join(folder, "package.nls.json"), "utf8")) as Record<
    string,
    string
  >;
  return {
    name: texts["extension.displayName"] ?? "",
    command: `ECR: ${texts["command.ecr.log.show"] ?? ""}`,
    // The log takes the focus when it opens, which would close the palette of the next command.
    effect: ".part.panel .monaco-editor.focused",
  };
}
