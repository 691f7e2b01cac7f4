import { describe, expect, it } from "vitest";
import { tooltipTable } from "../../../src/ui/tooltipTable.js";

/** Characters that Markdown gives a meaning to when no backslash stands before them. */
const ACTIVE = /[`*_{}[\]()#!|<>~:@&.+\n]|-{2}/;

/** Returns the cells of the rows after the heading and the table's two head lines. */
function cells(value: string): string[][] {
  const [, , , , ...rows] = value.split("\n");
  return rows.map((row) => row.slice(2, -2).split(" | "));
}

describe("tooltipTable", () => {
  it("makes a heading and rows, without those that say nothing", () => {
    const { value } = tooltipTable("api", [
      ["Digest", "abc"],
      ["Pushed", undefined],
      ["Tags", ""],
      ["Size", "4 MB"],
    ]);
    expect(value).toBe("**api**\n\n| | |\n|:--|:--|\n| Digest | abc |\n| Size | 4 MB |");
  });

  it("is not trusted and takes no HTML", () => {
    const table = tooltipTable("api", []);
    expect(table).toMatchObject({ isTrusted: false, supportHtml: false });
    expect(table.supportThemeIcons).not.toBe(true);
  });

  it.each([
    "[click](command:workbench.action.quit)",
    "![x](https://example.com/x.png)",
    "<https://example.com>",
    "https://example.com",
    "www.example.com",
    "me@example.com",
    "<img src=x>",
    "a | b",
    "`code` **bold** _it_ ~~s~~",
    "&lt;b&gt;",
    "\\[a](b)",
    "trailing \\",
    "# heading",
    "$(bug)",
  ])("shows %j as it is, in one cell, without a link", (text) => {
    const { value } = tooltipTable(text, [[text, text]]);
    const [heading = ""] = value.split("\n");
    const [row] = cells(value);
    expect(row).toHaveLength(2);
    for (const part of [heading.slice(2, -2), ...(row ?? [])]) {
      // A backslash makes the character after it plain text.
      expect(part.replace(/\\[^A-Za-z0-9\s]/g, "")).not.toMatch(ACTIVE);
      expect(part.replace(/\\([^A-Za-z0-9\s])/g, "$1")).toBe(text);
    }
  });

  it("keeps lines of data from becoming lines of Markdown", () => {
    const { value } = tooltipTable("a\n\n# b", [["x", "1\r\n| y | z |\n---"]]);
    expect(value.split("\n")).toHaveLength(5);
  });
});
