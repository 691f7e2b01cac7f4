import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.js";
import { exactly } from "./exactly.js";

/** The menu that a right-click or a `⋯` button opens. */
export class ContextMenu {
  constructor(private readonly page: Page) {}

  /** Right-clicks until the menu is there: a list that redraws swallows a click. */
  async open(target: Locator): Promise<void> {
    await eventually(async () => {
      if (!(await this.menu().isVisible())) {
        await target.click({ button: "right", timeout: 5000 });
      }
      await this.menu().waitFor({ timeout: 2000 });
    });
  }

  /** The labels of the open menu's entries, from the top, without separators. */
  async labels(): Promise<readonly string[]> {
    const texts = await this.entries().locator(".action-label").allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== "");
  }

  /** Clicks an enabled entry of the open menu. */
  async choose(label: string): Promise<void> {
    const entry = this.entries()
      .filter({ hasNot: this.page.locator(".disabled") })
      .filter({ has: this.page.locator(".action-label", { hasText: exactly(label) }) });
    // A menu that has just opened may pass over a click; while it is open, nothing has run yet.
    await eventually(async () => {
      if (!(await this.menu().isVisible())) return;
      await entry.hover({ timeout: 2000 });
      await entry.click({ timeout: 2000 });
      await this.menu().waitFor({ state: "detached", timeout: 2000 });
    });
  }

  /** Opens an entry that has a menu of its own, and waits until that is there. */
  async openSubmenu(label: string): Promise<void> {
    const entry = this.entries().filter({
      has: this.page.locator(".action-label", { hasText: exactly(label) }),
    });
    await eventually(async () => {
      await entry.hover({ timeout: 2000 });
      await this.page.locator(".monaco-submenu .action-item").first().waitFor({ timeout: 2000 });
    });
  }

  /** Closes the open menu. */
  async close(): Promise<void> {
    await eventually(async () => {
      await this.page.keyboard.press("Escape");
      await this.menu().waitFor({ state: "detached", timeout: 2000 });
    });
  }

  private menu(): Locator {
    return this.page.locator(".monaco-menu").first();
  }

  private entries(): Locator {
    return this.page.locator(".monaco-menu .action-item:not(.disabled)");
  }
}
