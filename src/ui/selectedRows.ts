import type { RegistriesView } from "./explorer/registriesView.js";
import type { LocalImagesView } from "./localImages/localImagesView.js";

/** The views whose rows have keys. */
export interface KeyedViews {
  readonly explorer: Pick<RegistriesView, "view">;
  readonly localImages: Pick<LocalImagesView, "view">;
}

/**
 * Returns the selected rows that a key means; undefined for a target that comes from no key.
 *
 * VS Code passes a row to what its menu calls, and nothing to what a key calls. So the manifest's
 * `args` of a key say it: `{ "rowsOf": "ecr.localImages", "kinds": ["localImage"] }` are the selected
 * rows of that view, and none where one of another kind is among them.
 */
export function selectedRows(target: unknown, views: KeyedViews): readonly unknown[] | undefined {
  if (!isSelection(target)) return undefined;
  const { rowsOf, kinds } = target;
  const rows =
    rowsOf === "ecr.localImages" ? views.localImages.view.selection : views.explorer.view.selection;
  return rows.every(({ kind }) => kinds.includes(kind)) ? rows : [];
}

interface Selection {
  readonly rowsOf: "ecr.registries" | "ecr.localImages";
  readonly kinds: readonly string[];
}

function isSelection(target: unknown): target is Selection {
  return typeof target === "object" && target !== null && "rowsOf" in target && "kinds" in target;
}
