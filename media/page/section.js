// The sections of a page: headings that fold, and the blocks below them.
import { drawBars, drawColumns, drawStrip } from "./charts.js";
import { make } from "./make.js";
import { Table } from "./table.js";

/** Makes the buttons of a page or a section. */
export const makeButtons = (buttons, press) =>
  make(
    "div",
    { class: "buttons" },
    ...buttons.map(({ action, label, isPrimary }) =>
      make(
        "button",
        {
          type: "button",
          id: `do/${action}`,
          class: isPrimary ? "primary" : "",
          on: { click: () => press(action) },
        },
        label,
      ),
    ),
  );

const makeFacts = ({ caption, facts }) =>
  make(
    "table",
    { class: "facts", role: "table" },
    make("caption", { class: "spoken" }, caption),
    make(
      "tbody",
      {},
      ...facts.map(({ name, values, isData }) =>
        make(
          "tr",
          { role: "row" },
          make("th", { scope: "row", role: "rowheader" }, make("bdi", {}, name)),
          make(
            "td",
            { role: "cell", class: isData ? "data" : "" },
            ...values.map((value) => make("div", {}, make("bdi", {}, value))),
          ),
        ),
      ),
    ),
  );

const makeChoice = ({ id, label, options, chosen }, choose) => {
  const list = make(
    "select",
    { id: `choice/${id}`, on: { change: (event) => choose(id, event.target.value) } },
    ...options.map((option) =>
      make("option", { value: option.value, selected: option.value === chosen }, option.label),
    ),
  );
  return make("p", { class: "choice" }, make("label", { for: `choice/${id}` }, label), list);
};

/** Makes the sections of a page; which of them are folded stays when they are drawn anew. */
export class Sections {
  constructor(page) {
    this.page = page;
    this.folded = new Set(page.folded);
    this.tables = new Map();
  }

  /** Makes one section with its heading. */
  make(model) {
    const isOpen = !this.folded.has(model.id);
    const body = make(
      "div",
      { id: `body/${model.id}`, hidden: !isOpen },
      ...model.blocks.map((block) => this.makeBlock(block)),
    );
    const fold = make(
      "button",
      {
        type: "button",
        id: `fold/${model.id}`,
        class: "fold",
        "aria-expanded": String(isOpen),
        "aria-controls": `body/${model.id}`,
        on: { click: () => this.fold(model.id, fold, body) },
      },
      make("span", { class: "chevron", "aria-hidden": "true" }),
      make("bdi", {}, model.title),
    );
    const note = model.note === undefined ? [] : [make("span", { class: "note" }, model.note)];
    return make(
      "section",
      { id: model.id, "aria-labelledby": `fold/${model.id}`, "aria-busy": String(model.isBusy) },
      make("h2", {}, fold, ...note),
      body,
    );
  }

  fold(id, button, body) {
    const isOpen = this.folded.delete(id);
    if (!isOpen) this.folded.add(id);
    button.setAttribute("aria-expanded", String(isOpen));
    body.hidden = !isOpen;
    this.page.keepFolded([...this.folded]);
  }

  makeBlock(block) {
    const { words, press, choose } = this.page;
    switch (block.kind) {
      case "text":
        return make("p", { class: block.tone ?? "" }, make("bdi", {}, block.text));
      case "facts":
        return makeFacts(block);
      case "bars":
        return drawBars(block);
      case "strip":
        return drawStrip(block);
      case "columns":
        return drawColumns(block);
      case "choice":
        return makeChoice(block, choose);
      case "buttons":
        return makeButtons(block.buttons, press);
      case "table": {
        const table = new Table(block, words(), press);
        this.tables.set(block.id, table);
        return table.element;
      }
      default:
        return make("p");
    }
  }
}
