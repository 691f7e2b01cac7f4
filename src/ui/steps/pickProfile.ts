import * as vscode from "vscode";
import type { Profile } from "../../core/ports.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { mapAnswer, type StepAnswer, type StepPosition } from "../wizard.js";

/** Asks for an AWS profile; undefined stands for the default credential chain. */
export async function pickProfile(
  profiles: readonly Profile[],
  current: string | undefined,
  position: StepPosition,
): Promise<StepAnswer<string | undefined>> {
  const answer = await pickOne<{ readonly profile: string | undefined }>(position, {
    placeholder: vscode.l10n.t("AWS profile on this host"),
    isActive: ({ profile }) => profile === current,
    load: (show) => {
      show([...profiles.map(profileItem), chainItem()]);
      return Promise.resolve();
    },
  });
  return mapAnswer(answer, ({ profile }) => profile);
}

function profileItem(profile: Profile): ChoiceItem<{ readonly profile: string | undefined }> {
  return {
    label: profile.name,
    description: [sourceName(profile.source), profile.region].filter(Boolean).join(" · "),
    iconPath: new vscode.ThemeIcon("account"),
    value: { profile: profile.name },
  };
}

function chainItem(): ChoiceItem<{ readonly profile: string | undefined }> {
  return {
    label: vscode.l10n.t("Default credentials"),
    description: vscode.l10n.t("environment, default profile, container or instance role"),
    iconPath: new vscode.ThemeIcon("key"),
    value: { profile: undefined },
  };
}

function sourceName(source: Profile["source"]): string {
  const { t } = vscode.l10n;
  switch (source) {
    case "keys":
      return t("access keys");
    case "sso":
      return t("IAM Identity Center");
    case "role":
      return t("role");
    case "process":
      return t("credential process");
    case "web-identity":
      return t("web identity");
    case "login":
      return t("AWS login");
    case "other":
      return "";
  }
}
