import { setTimeout as delay } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";

/**
 * VS Code shows three toasts in this time and keeps further ones to the notification center. No
 * person reads and presses that fast.
 * Source: https://github.com/microsoft/vscode/blob/main/src/vs/workbench/browser/parts/notifications/notificationsToasts.ts
 */
const toastIntervalMs = 800;

/** Toasts in the corner: messages with buttons, and running progress. */
export class Notifications {
  constructor(private readonly page: Page) {}

  /** Waits for a message and returns its text. */
  async waitFor(text: string | RegExp, timeoutMs?: number): Promise<string> {
    const message = this.toast(text).locator(".notification-list-item-message").first();
    try {
      await message.waitFor(timeoutMs === undefined ? {} : { timeout: timeoutMs });
    } catch (error) {
      const shown = (await this.texts()).join("\n");
      throw new Error(`no message ${text.toString()} but: ${shown}`, { cause: error });
    }
    return plain(await message.innerText());
  }

  /** The texts on screen, newest first; progress shows its title and current step. */
  async texts(): Promise<readonly string[]> {
    return (await this.toast().locator(".notification-list-item-message").allInnerTexts()).map(
      plain,
    );
  }

  /** The names of a message's buttons, in order. */
  async buttons(text: string | RegExp): Promise<readonly string[]> {
    await this.toast(text).first().hover();
    return (await this.button(text).allInnerTexts()).map(plain);
  }

  /** Clicks a button of a message, no sooner than a person could. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await delay(toastIntervalMs);
    // A toast unfolds its buttons under the mouse and doesn't hide while it is there.
    await this.toast(text).first().hover();
    await this.button(text).filter({ hasText: button }).first().click();
  }

  /** Waits until no message has this text. */
  async waitUntilGone(text: string | RegExp, timeoutMs?: number): Promise<void> {
    await this.toast(text)
      .first()
      .waitFor({ state: "detached", ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }) });
  }

  private toast(text?: string | RegExp): Locator {
    const toasts = this.page.locator(".notifications-toasts .notification-list-item");
    if (text === undefined) return toasts;
    const message = this.page.locator(".notification-list-item-message", { hasText: text });
    return toasts.filter({ has: message });
  }

  private button(text: string | RegExp): Locator {
    return this.toast(text)
      .first()
      .locator(".notification-list-item-buttons-container a.monaco-button");
  }
}

function plain(text: string): string {
  return text.replaceAll("\u00a0", " ").trim();
}
