import type { FrameLocator, Locator } from "playwright-core";
import type { Workbench } from "./workbench.js";

/** One line of the page, as it is read. */
export interface SetupRow {
  readonly title: string;
  /** The class that says the state. */
  readonly state: string;
  readonly text: string;
  readonly buttons: readonly string[];
}

/** The page *Check My Setup* in the editor. */
export class SetupPage {
  readonly frame: FrameLocator;

  constructor(workbench: Workbench) {
    this.frame = workbench.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** Waits until nothing is being checked any more; returns what is said at the top. */
  async waitUntilDone(): Promise<string> {
    await this.frame.locator("body[aria-busy=false]").waitFor({ timeout: 60_000 });
    return await this.frame.getByRole("status").innerText();
  }

  /** Reads the lines, by the name of what they are about. */
  async rows(): Promise<ReadonlyMap<string, SetupRow>> {
    const rows = new Map<string, SetupRow>();
    for (const line of await this.frame.getByRole("listitem").all()) {
      const row = await readRow(line);
      rows.set(row.title.replace(/^.+?: /, ""), row);
    }
    return rows;
  }

  /** Brings a heading to the top of what is seen. */
  async scrollTo(heading: RegExp): Promise<void> {
    const found = this.frame.getByRole("heading", { name: heading });
    await found.evaluate((element: { scrollIntoView(): void }) => {
      element.scrollIntoView();
    });
  }

  /** Presses a button by its label. */
  async press(label: string): Promise<void> {
    await this.frame.getByRole("button", { name: label, exact: true }).click();
  }
}

async function readRow(line: Locator): Promise<SetupRow> {
  return {
    title: (await line.getByRole("heading", { level: 3 }).textContent()) ?? "",
    state: (await line.getAttribute("class")) ?? "",
    text: (await line.locator("p").allInnerTexts()).join("\n"),
    buttons: await line.getByRole("button").allInnerTexts(),
  };
}
