import { expect, it } from "vitest";
import { formatTable } from "../../bench/formatTable.js";

it("shows values with their units, goals and whether they are met", () => {
  const table = formatTable({
    "size.vsix": { value: 812_345, unit: "B", goal: 1_000_000 },
    "activation.overEmpty": { value: 21.25, unit: "ms", n: 9, range: [12, 30], goal: 20 },
    "activation.loadAws": { value: 30, unit: "ms", n: 9, note: "Node 24" },
    "pipeline.overEngine": { value: 1.0256, unit: "ratio", n: 9, goal: 1.05 },
  });
  expect(table.split("\n")).toEqual([
    "figure                   median  goal                      range",
    "size.vsix             812,345 B  ≤ 1,000,000 B  ok",
    "activation.overEmpty    21.3 ms  ≤ 20 ms        over  n 9  12–30",
    "activation.loadAws        30 ms                       n 9         Node 24",
    "pipeline.overEngine     × 1.026  ≤ × 1.05       ok    n 9",
  ]);
});

it("counts a value that equals its goal as met", () => {
  const table = formatTable({ "size.entry": { value: 60_000, unit: "B", goal: 60_000 } });
  expect(table).toContain("ok");
});
