import * as vscode from "vscode";
import { expect, it } from "vitest";
import { noteReading } from "../../../../src/ui/explorer/readingNote.js";

const now = new Date("2026-01-01T12:00:00Z");
const read = { order: "newest", isComplete: true, readSoFar: undefined, readAt: now } as const;

function note(
  reading: Parameters<typeof noteReading>[1],
  description?: string,
): string | boolean | undefined {
  const item = new vscode.TreeItem("team/api");
  if (description !== undefined) item.description = description;
  item.accessibilityInformation = { label: "Repository team/api" };
  noteReading(item, reading, now);
  expect(item.accessibilityInformation.label).toMatch(/^Repository team\/api/);
  return item.description;
}

it.each([
  ["nothing where nobody looked", undefined, undefined],
  ["nothing of what was read just now", read, undefined],
  ["an order that is not the usual one", { ...read, order: "largest" } as const, "largest first"],
  [
    "how old the rows are",
    { ...read, readAt: new Date("2026-01-01T11:48:00Z") },
    "read 12 min ago",
  ],
  [
    "that they are read anew",
    { ...read, readAt: new Date("2026-01-01T11:00:00Z"), readSoFar: 12_000 },
    "reading anew, 12,000",
  ],
  ["nothing while they are read first", { ...read, isComplete: false, readSoFar: 100 }, undefined],
])("says %s", (_, reading, expected) => {
  expect(note(reading)).toBe(expected);
});

it("stands behind what the row says already, and is spoken", () => {
  const item = new vscode.TreeItem("team/api");
  item.description = "immutable";
  item.accessibilityInformation = { label: "Repository team/api, immutable tags" };
  noteReading(item, { ...read, order: "tag" }, now);
  expect(item.description).toBe("immutable · by tag");
  expect(item.accessibilityInformation.label).toBe("Repository team/api, immutable tags, by tag");
});
