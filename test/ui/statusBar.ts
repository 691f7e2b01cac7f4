import type { Locator, Page } from "playwright-core";

/** What an item of the status bar shows. */
export interface StatusItem {
  /** Its words, without icons. */
  readonly text: string;
  readonly kind: "plain" | "warning" | "error";
  /** What a screen reader says. */
  readonly accessibleLabel: string;
}

/** The bar at the bottom of the window. */
export class StatusBar {
  constructor(
    private readonly page: Page,
    private readonly extensionId: string,
  ) {}

  /** An item of this extension by the id it was created with; undefined while it is hidden. */
  async item(id: string): Promise<StatusItem | undefined> {
    const item = this.find(id);
    if (!(await item.isVisible())) return undefined;
    const classes = (await item.getAttribute("class")) ?? "";
    return {
      text: (await item.innerText()).replaceAll("\u00a0", " ").trim(),
      kind: /\berror-kind\b/.test(classes)
        ? "error"
        : /\bwarning-kind\b/.test(classes)
          ? "warning"
          : "plain",
      accessibleLabel:
        (await item.locator(".statusbar-item-label").getAttribute("aria-label")) ?? "",
    };
  }

  /** Waits until an item of this extension is on screen. */
  async waitFor(id: string): Promise<void> {
    await this.find(id).waitFor();
  }

  /** Clicks an item of this extension. */
  async click(id: string): Promise<void> {
    await this.find(id).locator(".statusbar-item-label").click();
  }

  private find(id: string): Locator {
    return this.page.locator(`[id="${this.extensionId}.${id}"]`);
  }
}
