import type { Locator } from "playwright-core";

/** The little of a page's `Element` that is used here: the project's types are Node's alone. */
interface PageElement {
  readonly textContent: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
}

/**
 * Reads all elements of a locator in one go, so that a list that redraws isn't read half old and
 * half new. `parts` says what to take: `".selector"` the text inside the first match, `"@name"` an
 * attribute of the element itself; what isn't there is "".
 */
export async function readElements<Part extends string>(
  locator: Locator,
  parts: Readonly<Record<Part, string>>,
): Promise<readonly Readonly<Record<Part, string>>[]> {
  const names = Object.keys(parts) as Part[];
  const wanted = names.map((name) => parts[name]);
  // This function runs in the page. It has no named function inside: the TypeScript loader would
  // call a function of its own there, which the page doesn't know.
  const found = await locator.evaluateAll(
    (elements: PageElement[], places: string[]) =>
      elements.map((element) =>
        places.map((place) =>
          place.startsWith("@")
            ? element.getAttribute(place.slice(1))
            : element.querySelector(place)?.textContent,
        ),
      ),
    wanted,
  );
  return found.map(
    (texts) =>
      Object.fromEntries(
        names.map((name, index) => [name, (texts[index] ?? "").replaceAll("\u00a0", " ").trim()]),
      ) as Record<Part, string>,
  );
}
