// Makes elements whose contents are text alone.

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element with properties of its own and children, of which strings are text. */
export const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "on")
      for (const [type, hear] of Object.entries(value)) element.addEventListener(type, hear);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
};

/** Makes an element of a drawing. */
export const draw = (name, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(key, String(value));
  }
  element.append(...children);
  return element;
};

/** Puts values into the places `{0}`, `{1}` of a sentence. */
export const fill = (sentence, ...values) =>
  sentence.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ""));
