// The pictures of a page: bars beside their names and numbers, and one bar of many parts.
import { draw, make } from "./make.js";

/** A bar that is seen at all, however short it is. */
const LEAST = 0.004;

const bar = ({ share, tone }) =>
  draw(
    "svg",
    { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { class: "track", width: 100, height: 10 }),
    draw("rect", {
      class: `fill ${tone}`,
      width: 100 * (share > 0 ? Math.max(share, LEAST) : 0),
      height: 10,
    }),
  );

/** Draws bars as a table, so that names and numbers are read together. */
export const drawBars = ({ caption, bars }) => {
  const rows = bars.map((one) =>
    make(
      "tr",
      {},
      make(
        "th",
        { scope: "row", title: one.label, class: one.isData ? "data" : "" },
        make("bdi", {}, one.label),
      ),
      make("td", { class: "number" }, one.text),
      make("td", { class: "picture" }, bar(one)),
    ),
  );
  return make(
    "table",
    { class: "bars" },
    make("caption", { class: "spoken" }, caption),
    make("tbody", {}, ...rows),
  );
};

/** Draws one bar of parts in their order; what it shows stands beside it in words. */
export const drawStrip = ({ label, parts }) => {
  let at = 0;
  const segments = parts.map(({ title, share, tone }) => {
    const x = at;
    at += share * 100;
    return draw(
      "rect",
      { class: `fill ${tone}`, x, width: Math.max(share, LEAST) * 100, height: 10 },
      draw("title", {}, title),
    );
  });
  const svg = draw(
    "svg",
    {
      class: "strip",
      viewBox: "0 0 100 10",
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": label,
    },
    draw("rect", { class: "track", width: 100, height: 10 }),
    ...segments,
  );
  return make("figure", {}, svg, make("figcaption", {}, label));
};

/** Draws columns side by side; what they show stands below in words, and as a table that unfolds. */
export const drawColumns = ({ label, table, heads, columns, tone }) => {
  const width = 100 / Math.max(columns.length, 1);
  const svg = draw(
    "svg",
    {
      class: "columns",
      viewBox: "0 0 100 40",
      preserveAspectRatio: "none",
      role: "img",
      "aria-label": label,
    },
    ...columns.map(({ name, text, share }, index) => {
      const height = 40 * (share > 0 ? Math.max(share, 3 * LEAST) : 0);
      const place = { x: index * width + width * 0.1, width: width * 0.8 };
      return draw(
        "g",
        {},
        draw("title", {}, `${name}: ${text}`),
        // All of the column's height shows what it is of, however short it is.
        draw("rect", { class: "hit", ...place, y: 0, height: 40 }),
        draw("rect", { class: `fill ${tone}`, ...place, y: 40 - height, height }),
      );
    }),
  );
  const ends = [columns[0], columns.at(-1)].map((one) => make("span", {}, one?.name ?? ""));
  const rows = columns.map(({ name, text }) =>
    make("tr", {}, make("th", { scope: "row" }, name), make("td", { class: "number" }, text)),
  );
  const [name, value] = heads;
  return make(
    "figure",
    {},
    svg,
    make("div", { class: "ends", "aria-hidden": "true" }, ...ends),
    make("figcaption", {}, label),
    make(
      "details",
      {},
      make("summary", {}, table),
      make(
        "table",
        { class: "rows narrow" },
        make("caption", { class: "spoken" }, label),
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            make("th", { scope: "col" }, name),
            make("th", { scope: "col", class: "number" }, value),
          ),
        ),
        make("tbody", {}, ...rows),
      ),
    ),
  );
};
