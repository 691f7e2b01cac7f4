import type { Locator, Page } from "playwright-core";

/** The modal question in the middle of the window. */
export class Dialog {
  constructor(private readonly page: Page) {}

  /** Waits for the question; returns all that it says. */
  async text(): Promise<string> {
    const message = this.box().locator(".dialog-message-container");
    await message.waitFor({ timeout: 60_000 });
    return (await message.innerText()).replaceAll("\u00a0", " ");
  }

  /** Presses a button and waits until the question is gone. */
  async press(button: string): Promise<void> {
    const label = new RegExp(`^${button.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
    await this.box().locator(".monaco-button", { hasText: label }).click();
    await this.box().waitFor({ state: "detached" });
  }

  private box(): Locator {
    return this.page.locator(".monaco-dialog-box");
  }
}
