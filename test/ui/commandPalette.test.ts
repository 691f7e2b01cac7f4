import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { projectFolder } from "../machine/folders.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { readLogs } from "./readLogs.js";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
  };
}

/** Commands that the palette does not offer, each with the reason. */
const HIDDEN: Readonly<Record<string, string>> = {
  "ecr.images.loadMore": "it is the row that shows more of one repository",
  "ecr.images.stopReading": "it is on the row of a repository while that is read",
  "ecr.repositories.loadMore": "it is the row that shows more of one registry",
  "ecr.image.copyPullCommand": "it is a line of Copy Image As…, which the palette offers",
  "ecr.image.copyFromLine": "it is a line of Copy Image As…, which the palette offers",
  "ecr.image.copyKubernetesLine": "it is a line of Copy Image As…, which the palette offers",
  "ecr.image.copyEcsImage": "it is a line of Copy Image As…, which the palette offers",
  "ecr.image.copyTerraformImage": "it is a line of Copy Image As…, which the palette offers",
  "ecr.image.copyDigest": "it is a line of Copy Image As…, which the palette offers",
  "ecr.failure.show": "it is the row of a failure, which another action meets and shows by itself",
  "ecr.context.refresh": "it belongs to a view that is open only after a command of the palette",
  "ecr.context.hide": "it closes that view",
  "ecr.context.ignore": "it is about a file in that view",
  "ecr.context.reveal": "it is about a file in that view",
};

/** Commands that ask nothing and show nothing new while all is well, each with the reason. */
const QUIET: Readonly<Record<string, string>> = {
  "ecr.registry.refresh": "the rows stay as they are when nothing has changed",
  "ecr.localImages.refresh": "the rows stay as they are when nothing has changed",
  "ecr.repositories.clearFilter": "nothing is filtered",
  "ecr.builds.clearFinished": "no build has finished",
};

const manifest = JSON.parse(
  await readFile(path.join(projectFolder, "package.json"), "utf8"),
) as Manifest;
const titles = JSON.parse(
  await readFile(path.join(projectFolder, "package.nls.json"), "utf8"),
) as Record<string, string>;
const { commands, menus } = manifest.contributes;
const hidden = new Set(
  menus.commandPalette.filter(({ when }) => when === "false").map(({ command }) => command),
);
const offered = commands.map(({ command }) => command).filter((id) => !hidden.has(id));

let opened: OpenedWorkbench;
beforeAll(async () => {
  opened = await openWorkbench();
  const contents = new EcrContents(opened.ecr.origin);
  await contents.create("team/api", "MUTABLE");
  await opened.workbench.sidebar.open("ECR");
  await opened.workbench.sidebar.view("Registries").waitFor("team/api");
}, 240_000);
afterAll(() => opened.close());

test("what the palette does not offer has a reason", () => {
  expect([...hidden].sort()).toEqual(Object.keys(HIDDEN).sort());
  for (const id of Object.keys(QUIET)) expect(offered).toContain(id);
});

test.each(offered)("%s asks, or answers, without a target", { timeout: 120_000 }, async (id) => {
  const { workbench } = opened;
  const before = await look();
  await workbench.quickInput.run(`ECR: ${titles[`command.${id}`] ?? ""}`);
  if (!(id in QUIET)) {
    await eventually(async () => {
      expect(await look()).not.toEqual(before);
    }, 30_000);
  }
  await leave();
  const logs = (await readLogs(opened.userFolder)).join("\n");
  expect(logs).not.toMatch(
    /EcrError: unexpected|rejected promise not handled|command '.*' not found/,
  );
});

/** What a person may notice: a question, a dialog, a message, another editor or another view. */
async function look(): Promise<unknown> {
  return await opened.workbench.page.evaluate<unknown>(LOOK);
}

const LOOK = `(() => {
  const visible = (element) => element !== null && element.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const texts = (selector) => all(selector).map((element) => element.textContent);
  const [input] = all(".quick-input-widget input.input");
  const isPalette = input !== undefined && input.value.startsWith(">");
  return {
    question: isPalette || input === undefined ? "" : input.placeholder + all(".quick-input-title").length,
    dialogs: texts(".monaco-dialog-box"),
    messages: texts(".notifications-toasts .notification-list-item-message"),
    // The others change by themselves.
    status: texts('.part.statusbar .statusbar-item[id*="extensionMessage"]'),
    tabs: texts(".part.editor .tab"),
    rows: texts(".part.sidebar .monaco-list-row .label-name"),
    panel: all(".part.panel").length,
    headers: texts(".part.sidebar .pane-header"),
    box: all(".part.sidebar .tree-explorer-viewlet-tree-view .monaco-inputbox, .tree-find-widget").length,
  };
})()`;

/** Leaves whatever a command has opened. */
async function leave(): Promise<void> {
  const { page } = opened.workbench;
  const { notifications, quickInput } = opened.workbench;
  await eventually(async () => {
    await page.keyboard.press("Escape");
    expect(await page.locator(".quick-input-widget:visible, .monaco-dialog-box").count()).toBe(0);
  });
  // Of messages that come faster than anybody reads, VS Code shows the first three alone.
  await delay(900);
  // The next command may say the same.
  await page
    .locator('.part.statusbar .statusbar-item[id*="extensionMessage"]:visible')
    .first()
    .waitFor({ state: "hidden" });
  if ((await notifications.texts()).length > 0) {
    await opened.workbench.clearNotifications();
  }
  if ((await page.locator(".part.editor .tab:visible").count()) > 0) {
    await quickInput.run("View: Close All Editors");
  }
  if ((await page.locator(".part.panel:visible").count()) > 0) {
    await quickInput.run("View: Hide Panel");
  }
}
