/*
 * How a UI test drives VS Code as a person does:
 *
 *   import { openWorkbench } from "./openWorkbench.js";
 *
 *   const { workbench, ecr, close } = await openWorkbench();      // in beforeAll; close() in afterAll
 *   await workbench.explorer.expand("site");
 *   await workbench.explorer.choose("Dockerfile", "Push to ECR…"); // right-click, then the entry
 *   await workbench.quickInput.waitForTitle("Push to ECR (2/4)");
 *   await workbench.quickInput.rows();                             // label, description, detail
 *   await workbench.quickInput.pick("team/api");                   // or type(), accept(), back()
 *   await workbench.notifications.waitFor(/is in ECR/);
 *   await workbench.notifications.press(/is in ECR/, "Show Log");
 *   await workbench.outputText();
 *   await workbench.sidebar.open("ECR");
 *   await workbench.sidebar.view("Registries").rows();             // label, description, level, …
 *   await workbench.statusBar.item("ecr.token");                   // text and kind
 *   await workbench.quickInput.run("ECR: Refresh");                // the Command Palette
 *   await workbench.screenshotInAllThemes("sidebar");              // out/screenshots/sidebar-dark.png
 *
 * Every method waits for what it needs; `eventually(() => assertion)` waits for a state that none of
 * them knows. One window serves a whole file: opening it takes 5 s.
 * Run with `npx vitest run --project ui test/ui/<file>`; ECR_TEST_DOCKER_HOSTS names the engine.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { outFolder } from "../machine/folders.js";
import { ContextMenu } from "./contextMenu.js";
import { eventually } from "./eventually.js";
import { Notifications } from "./notifications.js";
import { QuickInput } from "./quickInput.js";
import { Sidebar } from "./sidebar.js";
import { StatusBar } from "./statusBar.js";
import { themes, type ThemeName } from "./themes.js";
import { TreeView } from "./treeView.js";

/** One window of VS Code, and its parts by the names that VS Code gives them. */
export class Workbench {
  readonly menu: ContextMenu;
  readonly explorer: TreeView;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly sidebar: Sidebar;
  readonly statusBar: StatusBar;
  private theme: ThemeName = "dark";

  /** `extensionId` is `publisher.name`. */
  constructor(
    readonly page: Page,
    extensionId: string,
  ) {
    this.menu = new ContextMenu(page);
    this.explorer = new TreeView(page, this.menu, ".explorer-folders-view");
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.sidebar = new Sidebar(page, this.menu);
    this.statusBar = new StatusBar(page, extensionId);
  }

  /** Waits until the window is drawn, in the theme that the settings name. */
  async waitUntilReady(): Promise<void> {
    await this.page
      .locator(`.monaco-workbench.${themes[this.theme].className}`)
      .waitFor({ timeout: 60_000 });
    await this.page.locator(".part.statusbar .statusbar-item").first().waitFor();
  }

  /** Switches the colour theme. */
  async switchTheme(theme: ThemeName): Promise<void> {
    await this.quickInput.run("Preferences: Color Theme");
    await this.quickInput.type(themes[theme].name);
    await this.quickInput.pick(themes[theme].name);
    await this.quickInput.waitUntilHidden();
    await this.page.locator(`.monaco-workbench.${themes[theme].className}`).waitFor();
    this.theme = theme;
  }

  /** Writes what is on screen to `out/screenshots/<name>-<theme>.png`. */
  async screenshot(name: string): Promise<string> {
    const file = path.join(outFolder, "screenshots", `${name}-${this.theme}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.evaluate("document.fonts.ready.then(() => undefined)");
    await this.page.screenshot({ path: file, animations: "disabled", caret: "hide" });
    return file;
  }

  /** Takes one screenshot in each theme and ends in the dark one. Closes an open quick pick. */
  async screenshotInAllThemes(name: string): Promise<void> {
    for (const theme of ["light", "hcDark", "hcLight", "dark"] as const) {
      await this.switchTheme(theme);
      await this.screenshot(name);
    }
  }

  /** Closes every message, so that the next one with the same words is a new one. */
  async clearNotifications(): Promise<void> {
    await this.quickInput.run("Notifications: Clear All Notifications");
    await this.notifications.waitUntilGone(/./);
  }

  /** The lines on screen of the output channel that is open in the panel. */
  async outputText(): Promise<string> {
    const lines = this.page.locator(".part.panel .view-lines").first();
    await lines.waitFor();
    return (await lines.innerText()).replaceAll("\u00a0", " ");
  }

  /** The lines on screen of the terminal that is open in the panel. */
  async terminalText(): Promise<string> {
    const rows = this.page.locator(".part.panel .terminal-wrapper.active .xterm-rows");
    await rows.waitFor();
    return (await rows.innerText()).replaceAll("\u00a0", " ");
  }

  /** Turns the wheel over the terminal, up, until the lines on screen match. */
  async scrollTerminalUpTo(text: RegExp): Promise<void> {
    await eventually(async () => {
      const shown = await this.terminalText();
      if (text.test(shown)) return;
      await this.page.locator(".part.panel .terminal-wrapper.active .xterm-screen").hover();
      await this.page.mouse.wheel(0, -40);
      throw new Error(`the terminal shows ${shown}`);
    });
  }

  /** The file name of the editor tab in front; "" when none is open. */
  async activeEditor(): Promise<string> {
    const tab = this.page.locator(".part.editor .tab.active").first();
    if (!(await tab.isVisible())) return "";
    return (await tab.getAttribute("data-resource-name")) ?? "";
  }

  /** What the clipboard holds. */
  clipboardText(): Promise<string> {
    return this.page.evaluate<string>("navigator.clipboard.readText()");
  }
}
