/** The head of a page, and which sections there are; all text is shown as text. */
export interface PageHead {
  readonly title: string;
  /** What the title is of, such as a registry. */
  readonly subtitle: string;
  /** A sentence on how it stands, also spoken; empty for none. */
  readonly status: string;
  readonly statusTone?: "warning";
  readonly isBusy: boolean;
  readonly buttons: readonly PageButton[];
  /** The sections in their order; each one's content comes by itself. */
  readonly sections: readonly string[];
  readonly words: PageWords;
}

/** What the page says by itself; `{0}` and so on stand for numbers and names. */
export interface PageWords {
  readonly showMore: string;
  readonly shown: string;
}

/** A part of a page with a heading that folds it. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  /** A number or a word beside the title. */
  readonly note?: string | undefined;
  readonly isBusy: boolean;
  readonly blocks: readonly PageBlock[];
}

/** A button; a press comes back as its action. */
export interface PageButton {
  readonly action: string;
  readonly label: string;
  readonly isPrimary?: boolean;
}

/** What a section is made of. */
export type PageBlock =
  | PageText
  | PageFacts
  | PageTable
  | PageBars
  | PageStrip
  | PageColumns
  | PageChoice
  | { readonly kind: "buttons"; readonly buttons: readonly PageButton[] };

/** A paragraph. */
export interface PageText {
  readonly kind: "text";
  readonly text: string;
  readonly tone?: "muted" | "warning" | "error";
}

/** Names and their values, one a line. */
export interface PageFacts {
  readonly kind: "facts";
  readonly caption: string;
  readonly facts: readonly PageFact[];
}

/** A name with its values; data is set in the editor's font. */
export interface PageFact {
  readonly name: string;
  readonly values: readonly string[];
  readonly isData?: boolean;
}

/** A table whose columns sort; its rows may also come later, as `PageRows`. */
export interface PageTable {
  readonly kind: "table";
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly PageColumn[];
  readonly rows: readonly PageRow[];
  /** The label of a field that filters the rows; none without it. */
  readonly filter?: string;
}

/** A column; one that sorts does so by a button in its head. */
export interface PageColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  readonly isData?: boolean;
  /** Whether it takes what room there is. */
  readonly isWide?: boolean;
  /** Whether its texts are short enough to be kept on one line. */
  readonly isShort?: boolean;
  readonly sorts?: boolean;
}

/** A row: a cell for each column. */
export type PageRow = readonly PageCell[];

/** A text, or one with what it sorts by, what it does or how it looks. */
export type PageCell =
  | string
  | {
      readonly text: string;
      readonly sort?: number | string;
      /** What a press on it sends back. */
      readonly action?: string;
      /** More about it, for a pointer that rests on it. */
      readonly hint?: string;
      /** The colour of a mark before the text, which says the same. */
      readonly tone?: PageTone;
    };

/** Bars beside their names and numbers. */
export interface PageBars {
  readonly kind: "bars";
  readonly caption: string;
  readonly bars: readonly PageBar[];
}

/** One bar; `share` is from 0 to 1 of the longest. */
export interface PageBar {
  readonly label: string;
  readonly text: string;
  readonly share: number;
  readonly tone: PageTone;
  readonly isData?: boolean;
}

/** One bar of many parts, which make up the whole. */
export interface PageStrip {
  readonly kind: "strip";
  /** What it shows, in words. */
  readonly label: string;
  readonly parts: readonly {
    readonly title: string;
    readonly share: number;
    readonly tone: PageTone;
  }[];
}

/** Columns side by side, such as weeks; a table that unfolds below says the same. */
export interface PageColumns {
  readonly kind: "columns";
  /** What it shows, in words. */
  readonly label: string;
  /** What unfolds the table, and the heads of its two columns. */
  readonly table: string;
  readonly heads: readonly [name: string, value: string];
  /** The tallest is 1. */
  readonly columns: readonly {
    readonly name: string;
    readonly text: string;
    readonly share: number;
  }[];
  readonly tone: PageTone;
}

/** A choice of one of several. */
export interface PageChoice {
  readonly kind: "choice";
  readonly id: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string;
}

/** Colours by meaning; themes decide what they look like. */
export type PageTone =
  "critical" | "high" | "medium" | "low" | "slight" | "odd" | "even" | "first" | "second" | "both";

/** What goes to the page. */
export type PageMessage =
  | { readonly type: "head"; readonly head: PageHead }
  | { readonly type: "section"; readonly section: PageSection }
  | { readonly type: "rows"; readonly table: string; readonly rows: readonly PageRow[] }
  /** What the page is of, for VS Code to keep over a reload. */
  | { readonly type: "keep"; readonly state: unknown };

/** What comes from the page, and is believed no more than this. */
export type PageEvent =
  | { readonly type: "ready" }
  | { readonly type: "press"; readonly action: string }
  | { readonly type: "choose"; readonly id: string; readonly value: string };

/** Reads what a page sent; undefined for what makes no sense. */
export function tryParsePageEvent(message: unknown): PageEvent | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { type, action, id, value }: Partial<Record<string, unknown>> = { ...message };
  if (type === "ready") return { type };
  if (type === "press" && typeof action === "string") return { type, action };
  if (type === "choose" && typeof id === "string" && typeof value === "string") {
    return { type, id, value };
  }
  return undefined;
}
