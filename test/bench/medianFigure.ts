import type { Figure } from "./figure.js";
import { median } from "./median.js";

/** Makes a figure of the median of measured values; the range says how far they were apart. */
export function medianFigure(
  values: readonly number[],
  unit: Figure["unit"],
  more: Partial<Figure> = {},
): Figure {
  const range = [Math.min(...values), Math.max(...values)] as const;
  return { value: median(values), unit, n: values.length, range, ...more };
}
