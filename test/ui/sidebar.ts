import type { Locator, Page } from "playwright-core";
import type { ContextMenu } from "./contextMenu.js";
import { eventually } from "./eventually.js";
import { readElements } from "./readElements.js";
import { TreeView } from "./treeView.js";

/** A place in a header where its title is and no button can be. */
const HEADER_TITLE = { x: 30, y: 10 };

/** The primary side bar: containers of the activity bar and their views. */
export class Sidebar {
  constructor(
    private readonly page: Page,
    private readonly menu: ContextMenu,
  ) {}

  /** Waits until the activity bar has a container, which is when its extension is known. */
  async waitForContainer(container: string): Promise<void> {
    await this.tab(container).first().waitFor();
  }

  /** Opens a container by its title in the activity bar, as `ECR`. */
  async open(container: string): Promise<void> {
    const tab = this.tab(container);
    await eventually(async () => {
      if ((await tab.first().getAttribute("aria-selected", { timeout: 2000 })) !== "true") {
        await tab.first().click({ timeout: 2000 });
      }
      await this.title().filter({ hasText: container }).waitFor({ timeout: 2000 });
    });
  }

  /**
   * The tree of a view by its title, as `Registries`. A view that is the only one of its container
   * has no header of its own; both shapes are found.
   */
  view(title: string): TreeView {
    return new TreeView(this.page, this.menu, viewSelector(title));
  }

  /** The names of the views with a header, from the top. */
  async views(): Promise<readonly string[]> {
    const headers = this.page.locator(".part.sidebar .pane-header h3.title");
    return (await headers.allInnerTexts()).map((text) => text.trim());
  }

  /** Opens a folded view. */
  async unfold(title: string): Promise<void> {
    const header = this.header(title);
    await eventually(async () => {
      if ((await header.getAttribute("aria-expanded")) === "true") return;
      await header.click({ timeout: 2000, position: HEADER_TITLE });
      throw new Error(`${title} is still folded`);
    });
  }

  /** Folds an open view, which leaves its room to the others. */
  async fold(title: string): Promise<void> {
    const header = this.header(title);
    await eventually(async () => {
      if ((await header.getAttribute("aria-expanded")) === "false") return;
      await header.click({ timeout: 2000, position: HEADER_TITLE });
      throw new Error(`${title} is still open`);
    });
  }

  /** The names of the buttons in a view's header. */
  async headerActions(title: string): Promise<readonly string[]> {
    await this.toolbar(title).first().hover();
    const buttons = this.toolbar(title).locator(".action-label[aria-label]");
    return (await readElements(buttons, { name: "@aria-label" })).map((button) => button.name);
  }

  /** Clicks a button in a view's header. */
  async pressHeader(title: string, action: string): Promise<void> {
    await this.toolbar(title).first().hover();
    await this.toolbar(title).locator(`.action-label[aria-label^="${action}"]`).first().click();
  }

  /** The text of a view that has no rows yet, its buttons' included. */
  async welcome(title: string): Promise<string> {
    const content = this.page.locator(`${paneSelector(title)} .welcome-view-content`);
    await content.waitFor();
    return (await content.innerText()).replaceAll("\u00a0", " ").trim();
  }

  /** Waits until a view without rows says this. */
  async waitForWelcome(title: string, text: RegExp): Promise<void> {
    await eventually(async () => {
      const welcome = await this.welcome(title);
      if (!text.test(welcome)) throw new Error(`${title} says “${welcome}”`);
    });
  }

  /** Clicks a button of a view that has no rows yet. */
  async pressWelcome(title: string, button: string): Promise<void> {
    await this.page
      .locator(`${paneSelector(title)} .welcome-view-content .monaco-button`, { hasText: button })
      .click();
  }

  private tab(container: string): Locator {
    return this.page.locator(
      `.part.activitybar .action-item:has(.action-label[aria-label^="${container}"])`,
    );
  }

  private title(): Locator {
    return this.page.locator(".part.sidebar .composite.title h2");
  }

  private header(title: string): Locator {
    return this.page.locator(`.part.sidebar .pane-header[aria-label^="${title}"]`);
  }

  /** The view's own header, or the container's when the view is the only one. */
  private toolbar(title: string): Locator {
    return this.page.locator(
      `.part.sidebar .pane-header[aria-label^="${title}"]:visible, ` +
        `.part.sidebar:has(.pane-header[aria-label^="${title}"]:not(:visible)) .composite.title`,
    );
  }
}

function paneSelector(title: string): string {
  return `.part.sidebar .pane:has(.pane-header[aria-label^="${title}"])`;
}

function viewSelector(title: string): string {
  return `${paneSelector(title)} .pane-body`;
}
