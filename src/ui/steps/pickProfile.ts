import * as vscode from "vscode";
import { EcrError } from "../../core/errors.js";
import type { DefaultCredentials, Profile } from "../../core/ports.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { defaultText, flawText, profileText } from "../profileText.js";
import { mapAnswer, type StepAnswer, type StepPosition } from "../wizard.js";

/** The profiles to choose from, and what is known of them. */
export interface KnownProfiles {
  readonly profiles: readonly Profile[];
  readonly defaultCredentials: DefaultCredentials;
  /** Tells the account of a profile where that is known without a request. */
  readonly accountOf: (profile: Profile) => string | undefined;
}

/** Asks for an AWS profile; undefined stands for the default credential chain. */
export async function pickProfile(
  known: KnownProfiles,
  current: string | undefined,
  position: StepPosition,
): Promise<StepAnswer<string | undefined>> {
  const answer = await pickOne<Choice>(position, {
    placeholder: vscode.l10n.t("AWS profile on this host"),
    isActive: ({ profile, flawed }) => !flawed && profile === current,
    load: (show) => {
      const rows = known.profiles.map((profile) => profileItem(profile, known.accountOf(profile)));
      show([...rows, chainItem(known.defaultCredentials)]);
      return Promise.resolve();
    },
  });
  if (answer.kind === "answer" && answer.value.flawed) {
    const { name, flaw } = answer.value.flawed;
    throw new EcrError({ kind: "profile-unusable", profile: name, ...flaw });
  }
  return mapAnswer(answer, ({ profile }) => profile);
}

/** What a row stands for. */
interface Choice {
  readonly profile: string | undefined;
  /** A profile that can't be used; who picks it reads why. */
  readonly flawed?: { readonly name: string; readonly flaw: NonNullable<Profile["flaw"]> };
}

function profileItem(profile: Profile, accountId: string | undefined): ChoiceItem<Choice> {
  const { name, flaw } = profile;
  if (flaw) {
    return {
      label: name,
      description: flawText(flaw.flaw),
      iconPath: new vscode.ThemeIcon("warning"),
      value: { profile: name, flawed: { name, flaw } },
    };
  }
  return {
    label: name,
    description: profileText(profile, accountId),
    iconPath: new vscode.ThemeIcon("account"),
    value: { profile: name },
  };
}

function chainItem(found: DefaultCredentials): ChoiceItem<Choice> {
  return {
    label: vscode.l10n.t("Default credentials"),
    description: defaultText(found),
    iconPath: new vscode.ThemeIcon("key"),
    value: { profile: undefined },
  };
}
