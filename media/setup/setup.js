// The script of the page "Check My Setup": it draws what the extension sends, as text alone, and
// tells which button was pressed.
(() => {
  const host = acquireVsCodeApi();
  const SVG = "http://www.w3.org/2000/svg";

  /** The sign of each state, which its shape tells without colour. */
  const SIGNS = {
    ok: "M3 8.5 6.5 12 13 4.5",
    note: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M8 7.5V11M8 5v.01",
    warning: "M8 2 1.5 13.5h13zM8 6.5v3.5M8 12v.01",
    failed: "M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M5.5 5.5l5 5M10.5 5.5l-5 5",
    unknown: "M3.5 8h9",
    running: "M8 2a6 6 0 1 0 6 6",
  };

  const make = (name, text) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const sign = (state) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", SIGNS[state]);
    svg.append(path);
    return svg;
  };

  const drawLine = (line) => {
    const item = make("li");
    item.className = line.state;
    const title = make("h3");
    const state = make("span", `${line.stateName}: `);
    state.className = "spoken";
    title.append(state, line.title);
    const body = make("div");
    body.append(title);
    if (line.text) body.append(make("p", line.text));
    if (line.buttons.length > 0) {
      const buttons = make("div");
      buttons.className = "buttons";
      for (const { action, label } of line.buttons) {
        const button = make("button", label);
        button.type = "button";
        button.id = `${line.id}/${action}`;
        button.addEventListener("click", () => {
          host.postMessage({ type: "press", id: line.id, action });
        });
        buttons.append(button);
      }
      body.append(buttons);
    }
    item.append(sign(line.state), body);
    return item;
  };

  const drawSection = ({ title, lines }) => {
    const section = make("section");
    const list = make("ul");
    list.append(...lines.map(drawLine));
    section.append(make("h2", title), list);
    return section;
  };

  const again = document.getElementById("again");
  const summary = document.getElementById("summary");
  window.addEventListener("message", ({ data }) => {
    // A button that is drawn anew keeps the focus.
    const focused = document.activeElement?.id;
    document.getElementById("sections").replaceChildren(...data.sections.map(drawSection));
    if (focused) document.getElementById(focused)?.focus();
    if (summary.textContent !== data.summary) summary.textContent = data.summary;
    document.body.setAttribute("aria-busy", String(data.isRunning));
  });
  again.addEventListener("click", () => {
    host.postMessage({ type: "again" });
  });
  document.getElementById("copy").addEventListener("click", () => {
    host.postMessage({ type: "copy" });
  });
  host.postMessage({ type: "ready" });
})();
