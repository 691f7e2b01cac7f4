import * as vscode from "vscode";
import { registryKey, type RegistryLocation } from "../../core/registry.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { mapAnswer, runWizard, type StepAnswer, type StepPosition } from "../wizard.js";
import { registryLabel } from "../registryLabel.js";
import { type KnownProfiles, pickProfile } from "./pickProfile.js";
import { pickRegion } from "./pickRegion.js";

/** What there is to choose from. */
export interface KnownRegistries extends KnownProfiles {
  /** The registry that this window works with, first in the list. */
  readonly current: RegistryLocation | undefined;
  /** The registries of the sidebar, which come next. */
  readonly shown: readonly RegistryLocation[];
}

/** Lists the registries that the sidebar shows and the profiles' own regions name, each once. */
export function listRegistries({
  current,
  shown,
  profiles,
}: Pick<KnownRegistries, "current" | "shown" | "profiles">): RegistryLocation[] {
  const endpoint = current?.endpoint;
  const named = profiles.flatMap(({ name, region }) =>
    region === undefined ? [] : [{ profile: name, region, endpoint }],
  );
  const all = [...(current ? [current] : []), ...shown, ...named];
  return [...new Map(all.map((location) => [registryKey(location), location])).values()];
}

/** Asks for a registry: one that is known, or a profile and region in two more questions. */
export async function pickRegistry(
  known: KnownRegistries,
  position: StepPosition,
): Promise<StepAnswer<RegistryLocation>> {
  for (;;) {
    const answer = await pickOne<RegistryLocation | "other">(position, {
      placeholder: vscode.l10n.t("Registry: AWS profile and region"),
      load: (show) => {
        show([...listRegistries(known).map((one) => registryItem(one, known)), otherItem()]);
        return Promise.resolve();
      },
    });
    if (answer.kind !== "answer" || answer.value !== "other") {
      return mapAnswer(answer, (value) => value as RegistryLocation);
    }
    const other = await askProfileAndRegion(position.title, known);
    if (other) return { kind: "answer", value: other };
  }
}

/** Asks for a profile, then for a region; undefined when the user leaves. */
export async function askProfileAndRegion(
  title: string,
  known: KnownRegistries,
): Promise<RegistryLocation | undefined> {
  const { current, profiles } = known;
  interface Answers {
    readonly profile: string | undefined;
    readonly region: string | undefined;
  }
  const answers = await runWizard<Answers>(
    title,
    [
      {
        isNeeded: () => true,
        ask: async (given, position) =>
          mapAnswer(await pickProfile(known, current?.profile, position), (profile) => ({
            ...given,
            profile,
          })),
      },
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const own = profiles.find(({ name }) => name === (given.profile ?? "default"))?.region;
          const answer = await pickRegion(own ?? current?.region, position);
          return mapAnswer(answer, (region) => ({ ...given, region }));
        },
      },
    ],
    { profile: undefined, region: undefined },
  );
  if (answers?.region === undefined) return undefined;
  return { profile: answers.profile, region: answers.region, endpoint: current?.endpoint };
}

function registryItem(
  location: RegistryLocation,
  { profiles, accountOf }: KnownProfiles,
): ChoiceItem<RegistryLocation | "other"> {
  const profile = profiles.find(({ name }) => name === (location.profile ?? "default"));
  const account = profile && accountOf(profile);
  return {
    label: registryLabel(location),
    iconPath: new vscode.ThemeIcon("server"),
    value: location,
    description: [account, location.endpoint].filter(Boolean).join(" · "),
  };
}

function otherItem(): ChoiceItem<RegistryLocation | "other"> {
  return {
    label: vscode.l10n.t("Another profile or region…"),
    iconPath: new vscode.ThemeIcon("add"),
    alwaysShow: true,
    value: "other",
  };
}
