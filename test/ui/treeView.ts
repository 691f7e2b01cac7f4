import type { Locator, Page } from "playwright-core";
import type { ContextMenu } from "./contextMenu.js";
import { eventually } from "./eventually.js";
import { exactly } from "./exactly.js";
import { readElements } from "./readElements.js";

/** A row of a tree as a person sees it. */
export interface TreeRow {
  readonly label: string;
  /** The dimmed text after the label; "" when there is none. */
  readonly description: string;
  /** 1 for a root. */
  readonly level: number;
  /** Undefined for a row that can't be opened. */
  readonly expanded: boolean | undefined;
  /** What a screen reader says. */
  readonly accessibleLabel: string;
}

/** A tree of the sidebar: the Explorer's, or a view of an extension. */
export class TreeView {
  /**
   * `root` is the selector of the tree's own list, so that two trees on screen aren't mixed.
   */
  constructor(
    private readonly page: Page,
    private readonly menu: ContextMenu,
    private readonly root: string,
  ) {}

  /** The rows on screen, from the top; a long tree has more than are drawn. */
  async rows(): Promise<readonly TreeRow[]> {
    const rows = await readElements(this.row(), {
      label: ".label-name",
      description: ".label-description",
      level: "@aria-level",
      expanded: "@aria-expanded",
      accessibleLabel: "@aria-label",
    });
    return rows.map((row) => ({
      ...row,
      level: Number(row.level),
      expanded: row.expanded === "" ? undefined : row.expanded === "true",
    }));
  }

  /** The labels of the rows on screen, from the top. */
  async labels(): Promise<readonly string[]> {
    return (await this.rows()).map((row) => row.label);
  }

  /** Waits until a row with this label is on screen. */
  async waitFor(label: string | RegExp): Promise<void> {
    await this.row(label).first().waitFor();
  }

  /** Opens a row and waits until it is open. */
  async expand(label: string | RegExp): Promise<void> {
    const row = this.row(label).first();
    await eventually(async () => {
      if ((await row.getAttribute("aria-expanded")) === "true") return;
      await row.locator(".monaco-tl-twistie").click({ timeout: 2000 });
      throw new Error(`${label.toString()} is still closed`);
    });
  }

  /** Clicks a row, with keys held that select it too. */
  async click(
    label: string | RegExp,
    modifiers: readonly ("ControlOrMeta" | "Shift")[] = [],
  ): Promise<void> {
    await this.row(label)
      .first()
      .click({ modifiers: [...modifiers] });
  }

  /** Selects these rows and no others; a tree that is just redrawn is clicked again. */
  async select(...labels: readonly string[]): Promise<void> {
    await eventually(async () => {
      for (const [at, label] of labels.entries()) {
        const row = this.row(label).first();
        await row.click({ timeout: 5000, modifiers: at === 0 ? [] : ["Control"] });
      }
      const rows = await readElements(this.row(), {
        label: ".label-name",
        selected: "@aria-selected",
      });
      const selected = rows.filter((row) => row.selected === "true").map(({ label }) => label);
      if (selected.toSorted().join() === labels.toSorted().join()) return;
      throw new Error(`selected are ${selected.join(", ")}`);
    });
  }

  /** The names of the buttons that a row shows under the mouse. */
  async inlineActions(label: string | RegExp): Promise<readonly string[]> {
    await this.row(label).first().hover();
    const buttons = this.row(label).first().locator(".actions .action-label");
    return (await readElements(buttons, { name: "@aria-label" })).map((button) => button.name);
  }

  /** Clicks a button that a row shows under the mouse. */
  async pressInline(label: string | RegExp, action: string): Promise<void> {
    const row = this.row(label).first();
    await row.hover();
    await row.locator(`.actions .action-label[aria-label="${action}"]`).click();
  }

  /** The text that shows when the mouse rests on a row. */
  async tooltip(label: string | RegExp): Promise<string> {
    // A tooltip of another row would be taken for this one's.
    await this.page.mouse.move(0, 0);
    const hover = this.page.locator(".workbench-hover:visible");
    await hover.waitFor({ state: "hidden" });
    await this.row(label).first().locator(".label-name").hover();
    // Until the extension has told the tooltip, the hover says that it loads.
    await hover.filter({ hasNotText: /^\s*Loading/ }).waitFor();
    return (await hover.innerText()).replaceAll("\u00a0", " ");
  }

  /** Right-clicks a row and leaves the menu open. */
  async openMenu(label: string | RegExp): Promise<readonly string[]> {
    await this.menu.open(this.row(label).first());
    return this.menu.labels();
  }

  /**
   * Right-clicks a row and chooses from its menu. A window that has just opened shows menus before it
   * knows what extensions add to them, so a menu without the entry is opened again.
   */
  async choose(label: string | RegExp, entry: string): Promise<void> {
    await eventually(async () => {
      const labels = await this.openMenu(label);
      if (labels.includes(entry)) return;
      await this.menu.close();
      throw new Error(`the menu of ${label.toString()} has no ${entry}: ${labels.join(", ")}`);
    });
    await this.menu.choose(entry);
  }

  /** Right-clicks a row and chooses from a menu within its menu. */
  async chooseWithin(label: string | RegExp, submenu: string, entry: string): Promise<void> {
    await this.openMenu(label);
    await this.menu.openSubmenu(submenu);
    await this.menu.choose(entry);
  }

  private row(label?: string | RegExp): Locator {
    const rows = this.page.locator(`${this.root} .monaco-list-row`);
    if (label === undefined) return rows;
    const hasText = typeof label === "string" ? exactly(label) : label;
    return rows.filter({ has: this.page.locator(".label-name", { hasText }) });
  }
}
