import { catalogueRows } from "../../catalogue/catalogueRows.js";
import type { BenchGroup } from "../figure.js";

/** How many rows of the error catalogue have a recorded error that leads to them. */
export const group: BenchGroup = {
  needs: [],
  measure() {
    const rows = catalogueRows();
    const tested = rows.filter(({ recorded }) => recorded > 0).length;
    return Promise.resolve({
      rowsKnown: { value: rows.length, unit: "rows" },
      rowsTested: { value: tested, unit: "rows" },
    });
  },
};
