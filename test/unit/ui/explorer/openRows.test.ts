import { expect, it } from "vitest";
import { OpenRows } from "../../../../src/ui/explorer/openRows.js";

const row = (id: string | undefined, collapsibleState: number) => ({ id, collapsibleState });
const [NONE, COLLAPSED, EXPANDED] = [0, 1, 2];

it("opens what was open, and nothing else", () => {
  const open = new OpenRows();
  const item = (id?: string, state = COLLAPSED) => row(id, state) as never;
  open.note(item("a"), true);
  open.note(item("b"), true);
  open.note(item("b"), false);
  open.note(item(), true);
  open.note(item("leaf"), true);
  expect(open.apply(item("a")).collapsibleState).toBe(EXPANDED);
  expect(open.apply(item("b")).collapsibleState).toBe(COLLAPSED);
  expect(open.apply(item()).collapsibleState).toBe(COLLAPSED);
  expect(open.apply(item("leaf", NONE)).collapsibleState).toBe(NONE);
});
