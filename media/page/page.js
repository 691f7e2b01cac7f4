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
/** What VS Code keeps of the page: what it is of, and which sections are folded. */
let kept = host.getState() ?? {};
const keep = (news) => {
  kept = { ...kept, ...news };
  host.setState(kept);
};
const sections = new Sections({
  words: () => words,
  press,
  choose,
  folded: kept.folded ?? [],
  keepFolded: (folded) => keep({ folded }),
});

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
  const buttons = makeButtons(model.buttons, press);
  buttons.append(make("p", { id: "summary", class: model.statusTone ?? "" }, model.status));
  head.replaceChildren(title, subtitle, buttons);
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
  keep: ({ state }) => keep(state),
};

window.addEventListener("message", ({ data }) => {
  keepingFocus(() => hear[data?.type]?.(data));
});
host.postMessage({ type: "ready" });
