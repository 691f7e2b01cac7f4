// Tables that sort by the buttons in their heads, filter, and build no more rows than are asked for.
import { fill, make } from "./make.js";

/** So many rows are built at once; the others come when asked for. */
const STEP = 200;

/** How each table was last sorted and filtered, which stays when it is drawn anew. */
const kept = new Map();

const textOf = (cell) => (typeof cell === "string" ? cell : cell.text);
const sortOf = (cell) => (typeof cell === "string" ? cell : (cell.sort ?? cell.text));
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
const compare = (a, b) =>
  typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));

const classes = ({ isNumber, isData, isShort, isWide }) =>
  [isNumber && "number", isData && "data", isShort && "short", isWide && "wide"]
    .filter(Boolean)
    .join(" ");

/** A table that is on the page; `add` takes further rows. */
export class Table {
  constructor(model, words, press) {
    this.model = model;
    this.words = words;
    this.press = press;
    this.rows = [...model.rows];
    this.state = kept.get(model.id) ?? {
      column: undefined,
      isDown: false,
      filter: "",
      limit: STEP,
    };
    kept.set(model.id, this.state);
    this.body = make("tbody");
    this.count = make("p", { class: "muted", role: "status" });
    this.more = make("button", {
      type: "button",
      id: `${model.id}/more`,
      on: { click: () => this.showMore() },
    });
    this.heads = model.columns.map((column, index) => this.makeHead(column, index));
    const caption = make("caption", { class: "spoken" }, model.caption);
    const table = make(
      "table",
      { class: "rows" },
      caption,
      make("thead", {}, make("tr", {}, ...this.heads)),
      this.body,
    );
    this.element = make(
      "div",
      { class: "table" },
      make("div", { class: "scroll" }, table),
      this.count,
      this.more,
    );
    if (model.filter !== undefined) this.element.prepend(this.makeFilter());
    this.draw();
  }

  /** Takes rows that came later. */
  add(rows) {
    this.rows.push(...rows);
    this.draw();
  }

  makeFilter() {
    const hear = (event) => {
      this.state.filter = event.target.value;
      this.state.limit = STEP;
      this.draw();
    };
    const id = `${this.model.id}/filter`;
    const field = make("input", {
      type: "search",
      id,
      value: this.state.filter,
      on: { input: hear },
    });
    return make("p", { class: "filter" }, make("label", { for: id }, this.model.filter), field);
  }

  makeHead({ title, isNumber, isShort, sorts, isWide }, index) {
    const attributes = { scope: "col", class: classes({ isNumber, isShort, isWide }) };
    if (!sorts) return make("th", attributes, title);
    const arrow = make("span", { class: "arrow", "aria-hidden": "true" });
    const button = make(
      "button",
      { type: "button", id: `${this.model.id}/${index}`, on: { click: () => this.sort(index) } },
      title,
      arrow,
    );
    return make("th", { ...attributes, "aria-sort": "none" }, button);
  }

  sort(index) {
    const { state } = this;
    state.isDown =
      state.column === index ? !state.isDown : this.model.columns[index].isNumber === true;
    state.column = index;
    this.draw();
  }

  showMore() {
    const first = this.state.limit;
    this.state.limit += STEP;
    this.draw();
    // The focus goes to where reading goes on, as the button moved away.
    const row = this.body.rows[first];
    if (row) {
      row.tabIndex = -1;
      row.focus();
    }
  }

  ordered() {
    const { column, isDown, filter } = this.state;
    const wanted = filter.trim().toLowerCase();
    const rows =
      wanted === ""
        ? [...this.rows]
        : this.rows.filter((row) =>
            row.some((cell) => textOf(cell).toLowerCase().includes(wanted)),
          );
    if (column === undefined) return rows;
    const sign = isDown ? -1 : 1;
    return rows.sort((a, b) => sign * compare(sortOf(a[column] ?? ""), sortOf(b[column] ?? "")));
  }

  draw() {
    const rows = this.ordered();
    const shown = rows.slice(0, this.state.limit);
    this.body.replaceChildren(...shown.map((row) => this.makeRow(row)));
    this.heads.forEach((head, index) => {
      if (!head.hasAttribute("aria-sort")) return;
      const isSorted = this.state.column === index;
      head.setAttribute(
        "aria-sort",
        isSorted ? (this.state.isDown ? "descending" : "ascending") : "none",
      );
    });
    const isCut = shown.length < rows.length;
    const isPart = isCut || rows.length < this.rows.length;
    const number = (value) => value.toLocaleString(document.documentElement.lang);
    const said = isPart
      ? fill(this.words.shown, number(shown.length), number(this.rows.length))
      : "";
    if (this.count.textContent !== said) this.count.textContent = said;
    this.more.textContent = fill(
      this.words.showMore,
      number(Math.min(STEP, rows.length - shown.length)),
    );
    this.more.hidden = !isCut;
  }

  makeRow(row) {
    const cells = row.map((cell, index) => {
      const { isNumber, isData, isShort } = this.model.columns[index] ?? {};
      const text = make("bdi", {}, textOf(cell));
      const tone = cell.tone && make("span", { class: `mark ${cell.tone}`, "aria-hidden": "true" });
      const inner = cell.action
        ? make(
            "button",
            { type: "button", class: "link", on: { click: () => this.press(cell.action) } },
            text,
          )
        : text;
      const attributes = {
        class: classes({ isNumber, isData, isShort }),
        title: cell.hint || undefined,
      };
      const content = tone ? [tone, inner] : [inner];
      return index === 0
        ? make("th", { ...attributes, scope: "row" }, ...content)
        : make("td", attributes, ...content);
    });
    return make("tr", {}, ...cells);
  }
}
