import type { FrameLocator, Locator } from "playwright-core";
import { eventually } from "./eventually.js";
import type { Workbench } from "./workbench.js";

/** A page about images in the editor: details, or a comparison. */
export class ImagePage {
  readonly frame: FrameLocator;

  constructor(workbench: Workbench) {
    this.frame = workbench.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** Waits until the page is of this and nothing of it is being read any more. */
  async waitUntilRead(title: string | RegExp): Promise<void> {
    await this.frame.getByRole("heading", { level: 1, name: title }).waitFor({ timeout: 60_000 });
    await eventually(async () => {
      const busy = await this.frame.locator("[aria-busy=true]").count();
      if (busy > 0) throw new Error("the page is still being read");
      if ((await this.headings()).length === 0) throw new Error("the page has no section yet");
    }, 60_000);
  }

  /** The headings of the sections, from the top. */
  async headings(): Promise<readonly string[]> {
    const found = await this.frame
      .getByRole("heading", { level: 2 })
      .locator("button")
      .allInnerTexts();
    return found.map((text) => text.trim());
  }

  /** A section by the id that the extension gives it. */
  section(id: string): Locator {
    return this.frame.locator(`section[id="${id}"]`);
  }

  /** The values of a section's names. */
  async facts(id: string): Promise<Readonly<Record<string, string>>> {
    const facts: Record<string, string> = {};
    for (const row of await this.section(id).locator("table.facts tr").all()) {
      facts[await row.locator("th").innerText()] = await row.locator("td").innerText();
    }
    return facts;
  }

  /** The texts of a table's rows, a list of cells each. */
  async rows(id: string, most = 10): Promise<readonly (readonly string[])[]> {
    const rows = await this.section(id).locator("table.rows tbody tr").all();
    return Promise.all(rows.slice(0, most).map((row) => row.locator("th, td").allInnerTexts()));
  }

  /** Presses a button by its label. */
  async press(label: string | RegExp): Promise<void> {
    await this.frame.getByRole("button", { name: label }).first().click();
  }

  /** Brings a section to the top of what is seen. */
  async scrollTo(id: string): Promise<void> {
    await this.section(id).evaluate((element: { scrollIntoView(): void }) => {
      element.scrollIntoView();
    });
  }
}
