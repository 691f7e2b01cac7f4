import type { Locator, Page } from "playwright-core";
import { exactly } from "./exactly.js";

/** A question that has to be answered before anything else: a modal dialog. */
export class Dialog {
  constructor(private readonly page: Page) {}

  /** Waits until a dialog asks this, and returns the lines below the question. */
  async waitFor(message: string | RegExp): Promise<readonly string[]> {
    const hasText = typeof message === "string" ? exactly(message) : message;
    await this.box().locator("#monaco-dialog-message-text", { hasText }).waitFor();
    const detail = this.box().locator("#monaco-dialog-message-detail");
    if ((await detail.count()) === 0) return [];
    return (await detail.innerText()).replaceAll("\u00a0", " ").split("\n");
  }

  /** The names of the buttons, in order. */
  async buttons(): Promise<readonly string[]> {
    const texts = await this.box().locator(".dialog-buttons .monaco-button").allInnerTexts();
    return texts.map((text) => text.trim());
  }

  /** Clicks a button; another dialog may follow at once. */
  async press(button: string): Promise<void> {
    const hasText = exactly(button);
    await this.box().locator(".dialog-buttons .monaco-button", { hasText }).click();
  }

  /** Presses Escape and waits until the dialog is gone. */
  async cancel(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.box().waitFor({ state: "detached" });
  }

  private box(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }
}
