import * as vscode from "vscode";
import { asEcrError, EcrError } from "../../core/errors.js";
import type { FoundImage } from "../../core/images/findImages.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { RegistryLocation } from "../../core/registry.js";
import { ImageSearch, type SearchState } from "../explorer/imageSearch.js";
import { revealRow } from "../explorer/revealImage.js";
import type { RegistriesView } from "../explorer/registriesView.js";
import type { ShownRegistries } from "../explorer/shownRegistries.js";
import { explain } from "../failures/explain.js";
import { shortDigest } from "../quantities.js";
import { registryLabel } from "../registryLabel.js";

/** What finding an image needs. */
export interface FindImagePorts {
  readonly explorer: RegistriesView;
  readonly shown: ShownRegistries;
  readonly registries: OpenRegistries;
  readonly log: vscode.LogOutputChannel;
}

interface FoundItem extends vscode.QuickPickItem {
  readonly found?: FoundImage;
}

/**
 * Asks what to look for, and shows the row that is chosen: repositories and images of all registries
 * that the sidebar shows, as they are typed and as they are read.
 */
export async function findImage(ports: FindImagePorts, title: string): Promise<void> {
  const { chosen, added, failure } = await ports.shown.list();
  const locations = chosen ? [chosen, ...added] : added;
  if (locations.length === 0 && failure) throw failure.error;
  const found = await pickFound(ports, title, locations);
  if (!found) return;
  const { location, repository } = found.place;
  await revealRow(ports.explorer, location, repository.name, found.image?.digest);
}

async function pickFound(
  ports: FindImagePorts,
  title: string,
  locations: readonly RegistryLocation[],
): Promise<FoundImage | undefined> {
  const { index } = (await ports.explorer.tree()).images;
  const pick = vscode.window.createQuickPick<FoundItem>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t("Repository, tag, digest or commit");
  pick.matchOnDescription = true;
  const show = (state: SearchState): void => {
    const [active] = pick.activeItems;
    pick.title = titleOf(title, state);
    pick.busy = state.isReading;
    pick.items = [
      ...state.found.matches.map((found) => foundItem(found, locations.length > 1)),
      ...noteItems(state),
    ];
    const same = pick.items.find(({ found }) => isSame(found, active?.found));
    if (same) pick.activeItems = [same];
  };
  const search = new ImageSearch({ ...ports, index }, show);
  try {
    return await new Promise<FoundImage | undefined>((resolve, reject) => {
      pick.onDidChangeValue((text) => {
        search.find(text).catch(reject);
      });
      pick.onDidAccept(() => {
        const found = pick.selectedItems[0]?.found;
        if (found) resolve(found);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.busy = true;
      pick.show();
      search.find("").catch(reject);
      search.read(locations).catch(reject);
    });
  } finally {
    search.stop();
    pick.dispose();
  }
}

function foundItem({ place, image, rank }: FoundImage, tellsRegistry: boolean): FoundItem {
  const { location, repository } = place;
  const registry = tellsRegistry ? registryLabel(location) : undefined;
  const where = image ? [repository.name, registry] : [registry];
  const description = where.filter((word) => word !== undefined).join(" · ");
  const label = image
    ? image.tags.length > 0
      ? image.tags.join(", ")
      : vscode.l10n.t("untagged")
    : repository.name;
  return {
    label,
    description: image ? `${description} · ${shortDigest(image.digest)}` : description,
    iconPath: new vscode.ThemeIcon(image ? "layers" : "package"),
    // What fits is decided here: VS Code knows neither digests nor references.
    alwaysShow: true,
    found: { place, image, rank },
  };
}

/** What stands below the matches: why there are no more, or none. */
function noteItems({ found, failures, isReading }: SearchState): FoundItem[] {
  const { t } = vscode.l10n;
  const notes: FoundItem[] = failures.map(({ location, error }) => {
    const known = asEcrError(error);
    const reason = known instanceof EcrError ? explain(known.failure).message : known.message;
    return { label: registryLabel(location), detail: reason, iconPath: icon("error") };
  });
  if (found.isMore) {
    notes.push({ label: t("More fit. Type on to see others."), iconPath: icon("ellipsis") });
  } else if (found.matches.length === 0) {
    const label = isReading ? t("Nothing fits so far") : t("Nothing fits");
    notes.push({ label, iconPath: icon("info") });
  }
  return notes.map((note) => ({ ...note, alwaysShow: true }));
}

function titleOf(title: string, { repositories, read, isReading }: SearchState): string {
  if (read >= repositories && !isReading) return title;
  const { language } = vscode.env;
  const [some, all] = [read.toLocaleString(language), repositories.toLocaleString(language)];
  return isReading
    ? vscode.l10n.t("{0}: {1} of {2} repositories read", title, some, all)
    : vscode.l10n.t(
        "{0}: only {1} of {2} repositories, as they hold so many images",
        title,
        some,
        all,
      );
}

function isSame(one: FoundImage | undefined, other: FoundImage | undefined): boolean {
  return (
    one !== undefined &&
    one.place.location === other?.place.location &&
    one.place.repository.name === other.place.repository.name &&
    one.image?.digest === other.image?.digest
  );
}

function icon(id: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id);
}
