import * as vscode from "vscode";
import type { Attestations } from "../../core/build/attestations.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { mapAnswer, type StepAnswer } from "../wizard.js";
import { below, choose, type Sheet, type SheetState } from "./sheet.js";

const KINDS: readonly Attestations[] = [
  {},
  { provenance: "min" },
  { provenance: "max" },
  { sbom: true },
  { provenance: "min", sbom: true },
  { provenance: "max", sbom: true },
];

/** Asks what the build attaches to its image. */
export async function editAttestations(
  sheet: Sheet,
  state: SheetState,
): Promise<StepAnswer<SheetState>> {
  const current = attestationsText(state.choices.attestations);
  const answer = await pickOne<Attestations>(below(sheet), {
    placeholder: vscode.l10n.t("Attestations of the image; AWS Lambda takes none"),
    isActive: (value) => attestationsText(value) === current,
    load: (show) => {
      show(KINDS.map(item));
      return Promise.resolve();
    },
  });
  return mapAnswer(answer, (attestations) => choose(state, { attestations }));
}

/** Names what a build attaches; undefined for nothing. */
export function attestationsText({ provenance, sbom = false }: Attestations): string | undefined {
  const { t } = vscode.l10n;
  const names = [
    ...(provenance === "min" ? [t("provenance")] : []),
    ...(provenance === "max" ? [t("full provenance")] : []),
    ...(sbom ? [t("SBOM")] : []),
  ];
  return names.length === 0 ? undefined : names.join(", ");
}

function item(value: Attestations): ChoiceItem<Attestations> {
  const { t } = vscode.l10n;
  const { provenance, sbom = false } = value;
  const details = [
    ...(provenance === "min" ? [t("How the image was made")] : []),
    ...(provenance === "max"
      ? [t("How the image was made, with build arguments and the Dockerfile")]
      : []),
    ...(sbom ? [t("What software is in it; the engine pulls a scanner for that")] : []),
  ];
  const name = attestationsText(value) ?? t("none");
  return {
    label: name.charAt(0).toUpperCase() + name.slice(1),
    detail: details.join(". ") || t("The image alone, as every service takes it"),
    iconPath: new vscode.ThemeIcon(details.length > 0 ? "verified" : "circle-slash"),
    value,
  };
}
