// The script of the pages: it draws what the extension sends, as text alone, and tells what was
// pressed.
import { make } from "./make.js";
import { makeButtons, Sections } from "./section.js";

const host = acquireVsCodeApi();
const head = document.getElementById("head");
const list = document.getElementById("sections");
const spoken = document.getElementById("spoken");
let words;

const press = (action) => {
  host.postMessage({ type: "press", action });
};
const choose = (id, value) => {
  host.postMessage({ type: "choose", id, value });
};
const sections = new Sections({ words: () => words, press, choose });

/** Draws anew; what had the focus keeps it, and the page stays where it was. */
const keepingFocus = (work) => {
  const active = document.activeElement;
  const id = active?.id;
  work();
  const again = id ? document.getElementById(id) : undefined;
  if (again && again !== document.activeElement) again.focus({ preventScroll: true });
};

const drawHead = (model) => {
  words = model.words;
  const title = make("h1", {}, make("bdi", {}, model.title));
  const subtitle = make("p", { class: "muted" }, make("bdi", {}, model.subtitle));
  const status = make("p", { id: "summary" }, model.status);
  head.replaceChildren(title, subtitle, status, makeButtons(model.buttons, press));
  document.body.setAttribute("aria-busy", String(model.isBusy));
  // Only what is new is spoken.
  if (spoken.textContent !== model.status) spoken.textContent = model.status;
  const wanted = new Set(model.sections);
  for (const section of [...list.children]) if (!wanted.has(section.id)) section.remove();
  for (const id of model.sections) {
    list.append(document.getElementById(id) ?? make("section", { id }));
  }
};

const hear = {
  head: ({ head: model }) => drawHead(model),
  section: ({ section }) =>
    document.getElementById(section.id)?.replaceWith(sections.make(section)),
  rows: ({ table, rows }) => sections.tables.get(table)?.add(rows),
  keep: ({ state }) => host.setState(state),
};

window.addEventListener("message", ({ data }) => {
  keepingFocus(() => hear[data?.type]?.(data));
});
host.postMessage({ type: "ready" });
