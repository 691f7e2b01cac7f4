import * as vscode from "vscode";
import { AWS_REGIONS } from "../../core/awsRegions.js";
import { PUBLIC_HOST } from "../../core/ecrHost.js";
import type { ProfileSource } from "../../core/ports.js";
import { publicRegistry, registryKey, type RegistryLocation } from "../../core/registry.js";
import type { ShownRegistries } from "../explorer/shownRegistries.js";
import type { KnownAccounts } from "../knownAccounts.js";
import { pickMany } from "../pickMany.js";
import type { ChoiceItem } from "../pickOne.js";
import { readKnownRegistries } from "../knownRegistries.js";
import { readSettings } from "../settings.js";
import { pickProfile } from "../steps/pickProfile.js";
import { mapAnswer, runWizard } from "../wizard.js";

/** What adding registries needs. */
export interface AddRegistriesPorts {
  readonly shown: ShownRegistries;
  readonly profiles: () => Promise<ProfileSource>;
  readonly accounts: KnownAccounts;
}

/** The answers so far; a profile of undefined means the default credentials. */
interface Answers {
  readonly profile: string | undefined;
  readonly locations: readonly RegistryLocation[];
}

/** *Add Registry…*: shows registries of a profile beside those that are there. */
export async function addRegistries(ports: AddRegistriesPorts, title: string): Promise<void> {
  const known = await readKnownRegistries(ports, undefined);
  const { chosen, added } = await ports.shown.list();
  const all = chosen ? [chosen, ...added] : added;
  const shown = new Set(all.map(registryKey));
  const answers = await runWizard<Answers>(
    title,
    [
      {
        isNeeded: () => true,
        ask: async (given, position) =>
          mapAnswer(await pickProfile(known, known.current?.profile, position), (profile) => ({
            ...given,
            profile,
          })),
      },
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const { profile } = given;
          const own = known.profiles.find(({ name }) => name === (profile ?? "default"))?.region;
          const items = placeItems(profile, own).filter(
            ({ value }) => value && !shown.has(registryKey(value)),
          );
          const placeholder = vscode.l10n.t("Regions, one or more");
          const answer = await pickMany(position, placeholder, items);
          return mapAnswer(answer, (locations) => ({ ...given, locations }));
        },
      },
    ],
    { profile: undefined, locations: [] },
  );
  if (answers && answers.locations.length > 0) await ports.shown.add(answers.locations);
}

/** The profile's own region first and picked, then its public registry, then all other regions. */
function placeItems(
  profile: string | undefined,
  own: string | undefined,
): readonly ChoiceItem<RegistryLocation>[] {
  const endpoint = readSettings().endpoint || undefined;
  const regions = AWS_REGIONS.map(({ id, place }): ChoiceItem<RegistryLocation> => {
    const value = { profile, region: id, endpoint };
    return { label: id, description: place, iconPath: new vscode.ThemeIcon("server"), value };
  });
  const first = regions.filter(({ label }) => label === own);
  const others = regions.filter(({ label }) => label !== own);
  const publicItem = {
    label: vscode.l10n.t("Public registry"),
    description: PUBLIC_HOST,
    iconPath: new vscode.ThemeIcon("globe"),
    value: publicRegistry(profile, endpoint),
  };
  return [...first.map((item) => ({ ...item, picked: true })), publicItem, ...others];
}
