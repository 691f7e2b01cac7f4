import type { Locator, Page } from "playwright-core";
import { eventually } from "./eventually.js";
import { exactly } from "./exactly.js";
import { readElements } from "./readElements.js";

/** A row of a quick pick as a person reads it. */
export interface QuickPickRow {
  readonly label: string;
  /** Text on the same line, dimmed; "" when there is none. */
  readonly description: string;
  /** Text on the second line; "" when there is none. */
  readonly detail: string;
  /** The heading above the row or at its right end; "" when there is none. */
  readonly separator: string;
}

/** Quick picks, input boxes and the Command Palette: one widget at the top of the window. */
export class QuickInput {
  constructor(private readonly page: Page) {}

  /** Waits until the widget shows this title (step included, as `Push to ECR (2/4)`). */
  async waitForTitle(title: string | RegExp): Promise<void> {
    await this.widget()
      .locator(".quick-input-title", {
        hasText: typeof title === "string" ? exactly(title) : title,
      })
      .waitFor();
  }

  /** The title; "" when the widget has none. */
  async title(): Promise<string> {
    return (await this.widget().locator(".quick-input-title").innerText()).trim();
  }

  /** The text that stands in the field until something is typed. */
  async placeholder(): Promise<string> {
    return (await this.input().getAttribute("placeholder")) ?? "";
  }

  /** Waits until the widget asks this: the question stands in the empty field. */
  async waitForQuestion(question: RegExp): Promise<void> {
    await eventually(async () => {
      const placeholder = await this.placeholder();
      if (!question.test(placeholder)) throw new Error(`the question is “${placeholder}”`);
    });
  }

  /** What is typed in the field. */
  value(): Promise<string> {
    return this.input().inputValue();
  }

  /** The line below the field: a prompt, or why the value isn't accepted. */
  async message(): Promise<string> {
    return (await this.widget().locator(".quick-input-message").innerText()).trim();
  }

  /** Waits until the line below the field says this: its prompt, or why the value isn't accepted. */
  async waitForPrompt(text: RegExp): Promise<void> {
    await this.widget().locator(".quick-input-message", { hasText: text }).waitFor();
  }

  /** The rows on screen; a long list has more than are drawn. */
  async rows(): Promise<readonly QuickPickRow[]> {
    await this.row().first().waitFor();
    return readElements(this.row(), {
      label: ".quick-input-list-row .label-name",
      description: ".quick-input-list-row .label-description",
      detail: ".quick-input-list-label-meta",
      separator: ".quick-input-list-separator",
    });
  }

  /** The labels of the rows on screen. */
  async labels(): Promise<readonly string[]> {
    return (await this.rows()).map((row) => row.label);
  }

  /** Waits until a row with this label is there. */
  async waitForRow(label: string | RegExp): Promise<void> {
    await this.row(label).first().waitFor();
  }

  /** Clicks the row with this label. */
  async pick(label: string | RegExp): Promise<void> {
    await this.row(label).first().click();
  }

  /** Ticks or clears the row with this label, in a pick that takes several. */
  async tick(label: string | RegExp): Promise<void> {
    await this.row(label).first().locator(".monaco-checkbox, .quick-input-list-checkbox").click();
  }

  /** The labels of the rows that are ticked, in a pick that takes several. */
  async ticked(): Promise<readonly string[]> {
    const rows = this.row().filter({
      has: this.page.locator('[role="checkbox"][aria-checked="true"], input:checked'),
    });
    return (await readElements(rows, { label: ".label-name" })).map((row) => row.label);
  }

  /** The label of the row that Enter would take; "" when there is none. */
  async focused(): Promise<string> {
    const rows = this.widget().locator(".quick-input-list .monaco-list-row.focused");
    return (await readElements(rows, { label: ".label-name" }))[0]?.label ?? "";
  }

  /** Whether the row with this label bears an icon of this name, as `lock`. */
  async hasIcon(label: string, icon: string): Promise<boolean> {
    return (await this.row(label).first().locator(`.codicon-${icon}`).count()) > 0;
  }

  /** Replaces what is typed in the field. */
  async type(text: string): Promise<void> {
    await this.input().waitFor();
    await this.input().fill(text);
  }

  /** Presses Enter. */
  async accept(): Promise<void> {
    await this.input().press("Enter");
  }

  /** Clicks the arrow that goes back one step. */
  async back(): Promise<void> {
    await this.widget().locator('.action-label[aria-label^="Back"]').click();
  }

  /** Presses Escape and waits until the widget is gone. */
  async cancel(): Promise<void> {
    await this.input().press("Escape");
    await this.waitUntilHidden();
  }

  /** Waits until the widget is gone. */
  async waitUntilHidden(): Promise<void> {
    await this.widget().waitFor({ state: "hidden" });
  }

  /** Opens the Command Palette with this filter and returns the titles it offers. */
  async commands(filter: string): Promise<readonly string[]> {
    await this.openPalette(filter);
    const titles = await this.labels();
    await this.cancel();
    return titles;
  }

  /**
   * Runs a command by its exact title in the Command Palette, as `ECR: Refresh`.
   * Opening, typing and finding the row are one retried unit, since a picker that closes late takes
   * the palette with it; the click is outside, so the command runs once.
   */
  async run(title: string): Promise<void> {
    const row = this.row(exactly(title)).first();
    await eventually(async () => {
      await this.openPalette(title);
      await row.waitFor({ timeout: 3000 });
    }, 30_000);
    await row.click();
  }

  private async openPalette(filter: string): Promise<void> {
    await eventually(async () => {
      // A question that came late would take what is typed for its own answer.
      if ((await this.input().isVisible()) && !(await this.value()).startsWith(">")) {
        await this.page.keyboard.press("Escape");
        await this.waitUntilHidden();
      }
      if (!(await this.input().isVisible())) await this.page.keyboard.press("F1");
      await this.input().waitFor({ timeout: 2000 });
      await this.input().fill(`>${filter}`, { timeout: 2000 });
      if ((await this.value()) !== `>${filter}`) throw new Error("the palette lost its text");
    }, 30_000);
  }

  private widget(): Locator {
    return this.page.locator(".quick-input-widget");
  }

  private input(): Locator {
    return this.widget().locator("input.input").first();
  }

  private row(label?: string | RegExp): Locator {
    const rows = this.widget().locator(".quick-input-list .monaco-list-row");
    if (label === undefined) return rows;
    const hasText = typeof label === "string" ? exactly(label) : label;
    return rows.filter({ has: this.page.locator(".label-name", { hasText }) });
  }
}
