import type { LocalImagesView } from "./localImages/localImagesView.js";

/** The view whose rows have such keys. */
export interface KeyedViews {
  readonly localImages: Pick<LocalImagesView, "view">;
}

/**
 * Returns the selected rows that a key means; undefined for a target that comes from no key.
 *
 * VS Code passes a row to what its menu calls, and nothing to what a key calls. So the manifest's
 * `args` of a key say it: `{ "rowsOf": "ecr.localImages", "kinds": ["localImage"] }` are the selected
 * rows of that view, and none where one of another kind is among them.
 */
export async function selectedRows(
  target: unknown,
  views: KeyedViews,
): Promise<readonly unknown[] | undefined> {
  if (!isSelection(target)) return undefined;
  const { kinds } = target;
  const { view } = views.localImages;
  // While rows are read anew VS Code says that none is selected.
  for (let looks = 1; view.selection.length === 0 && looks < MAX_LOOKS; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  const rows = view.selection;
  return rows.every(({ kind }) => kinds.includes(kind)) ? rows : [];
}

/** How often a selection is looked at, and the time between two looks: a second together. */
const MAX_LOOKS = 20;
const PAUSE_MS = 50;

interface Selection {
  readonly rowsOf: "ecr.localImages";
  readonly kinds: readonly string[];
}

function isSelection(target: unknown): target is Selection {
  return typeof target === "object" && target !== null && "rowsOf" in target && "kinds" in target;
}
