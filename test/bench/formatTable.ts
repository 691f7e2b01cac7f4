import type { Figure, Figures } from "./figure.js";

const decimals: Readonly<Record<Figure["unit"], number>> = {
  ms: 1,
  s: 0,
  B: 0,
  MB: 0,
  ratio: 3,
  calls: 0,
  rows: 0,
};

/** Formats figures as lines for the terminal: name, value, goal and whether it is met, notes. */
export function formatTable(figures: Figures): string {
  const rows = Object.entries(figures).map(([name, figure]) => [
    name,
    formatValue(figure.value, figure.unit),
    ...formatGoal(figure),
    figure.n === undefined ? "" : `n ${figure.n}`,
    figure.range === undefined ? "" : figure.range.map((end) => format(end, figure.unit)).join("–"),
    figure.note ?? "",
  ]);
  const table = [["figure", "median", "goal", "", "", "range", ""], ...rows];
  const widths = table[0]?.map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths?.[column] ?? 0;
          return column === 1 ? cell.padStart(width) : cell.padEnd(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function formatGoal({ value, unit, goal }: Figure): [string, string] {
  if (goal === undefined) return ["", ""];
  return [`≤ ${formatValue(goal, unit)}`, value <= goal ? "ok" : "over"];
}

function formatValue(value: number, unit: Figure["unit"]): string {
  const text = format(value, unit);
  return unit === "ratio" ? `× ${text}` : `${text} ${unit}`;
}

function format(value: number, unit: Figure["unit"]): string {
  return value.toLocaleString("en", { maximumFractionDigits: decimals[unit] });
}
