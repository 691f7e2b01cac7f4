import * as vscode from "vscode";
import { type BuildChoices, noChoices } from "../../core/build/buildChoices.js";
import { findStage, mountedAgents, mountedSecrets } from "../../core/build/dockerfileOutline.js";
import type { Failure } from "../../core/errors.js";
import { fitChoices } from "../../core/build/fitChoices.js";
import { explain } from "../failures/explain.js";
import type { ChoiceItem } from "../pickOne.js";
import { attestationsText } from "./editAttestations.js";
import { targetName } from "./editCaches.js";
import type { Sheet, SheetState } from "./sheet.js";
import { argsText, summarize } from "./summary.js";
import { sourceText } from "./sourceText.js";

/** The rows of the sheet that are the same whatever the build is for. */
export type SheetRow =
  | "go"
  | "target"
  | "args"
  | "secrets"
  | "agents"
  | "platforms"
  | "cache"
  | "pull"
  | "network"
  | "labels"
  | "hosts"
  | "contexts"
  | "cacheFrom"
  | "cacheTo"
  | "attestations"
  | "more"
  | "reset";

/** The first row: what begins when it is picked. */
export interface GoRow {
  readonly label: string;
  readonly icon: string;
}

/** The row that begins the build, and what it will be, or what keeps it from beginning. */
export function goItem(
  { outline }: Sheet,
  { choices }: SheetState,
  { label, icon }: GoRow,
  problem: Failure | undefined,
): ChoiceItem<SheetRow> {
  return {
    label,
    detail: problem ? problemText(problem) : summarize(fitChoices(choices, outline)),
    iconPath: new vscode.ThemeIcon(problem ? "warning" : icon),
    value: "go",
  };
}

/** The sheet is about one Dockerfile, whose path would leave no room for the rest. */
function problemText(problem: Failure): string {
  const { t } = vscode.l10n;
  if (problem.kind === "secret-missing") {
    return t("The secret {0} is required at line {1}", problem.id, problem.line ?? 1);
  }
  if (problem.kind === "ssh-agent-missing") {
    return t("The SSH agent {0} is required at line {1}", problem.id, problem.line ?? 1);
  }
  return explain(problem).message;
}

/** The rows of the options, each with what is chosen; `showsAll` brings the rare ones too. */
export function optionItems(
  sheet: Sheet,
  state: SheetState,
  showsAll: boolean,
): readonly ChoiceItem<SheetRow>[] {
  const { t } = vscode.l10n;
  const { choices } = state;
  const { platforms, noCache, pull } = choices;
  const isChanged = JSON.stringify(choices) !== JSON.stringify(noChoices);
  return [
    heading(t("Dockerfile")),
    ...targetItem(sheet, state),
    row("args", "symbol-parameter", t("Build arguments"), argsText(choices) ?? t("defaults")),
    ...secretsItem(sheet, state),
    ...agentsItem(sheet, state),
    heading(t("Build")),
    row("platforms", "chip", t("Platform"), platforms.join(", ") || t("this engine's own")),
    row("cache", "history", t("Cache"), noCache ? t("not used, every step runs") : t("used")),
    row(
      "pull",
      "cloud-download",
      t("Base images"),
      pull ? t("newest of their registry") : t("as the engine has them"),
    ),
    row("network", "globe", t("Network"), networkText(choices.network)),
    heading(t("More")),
    ...rareItems(choices, showsAll),
    ...(isChanged ? [row("reset", "discard", t("Reset to Defaults"), "")] : []),
  ];
}

function targetItem({ outline }: Sheet, { choices }: SheetState): readonly ChoiceItem<SheetRow>[] {
  const { target } = choices;
  if (target === undefined && !outline.stages.some(({ name }) => name !== undefined)) return [];
  const { t } = vscode.l10n;
  const last = outline.stages.at(-1)?.name;
  const shown = findStage(outline, target)?.name ?? target;
  const lastText = last === undefined ? t("the last stage") : t("the last stage, {0}", last);
  return [row("target", "layers", t("Target stage"), shown ?? lastText)];
}

function secretsItem({ outline }: Sheet, { choices }: SheetState): readonly ChoiceItem<SheetRow>[] {
  const { t } = vscode.l10n;
  const mounted = mountedSecrets(outline, choices.target);
  if (mounted.length === 0) return [];
  const texts = mounted.map(({ id, isRequired }) => {
    const source = choices.secrets[id];
    if (source !== undefined) return `${id} ${sourceText(source)}`;
    return isRequired ? t("{0} required, not given", id) : t("{0} not given", id);
  });
  const lacks = mounted.some(
    ({ id, isRequired }) => isRequired && choices.secrets[id] === undefined,
  );
  return [row("secrets", lacks ? "warning" : "key", t("Secrets"), texts.join(" · "))];
}

function agentsItem({ outline }: Sheet, { choices }: SheetState): readonly ChoiceItem<SheetRow>[] {
  const { t } = vscode.l10n;
  const mounted = mountedAgents(outline, choices.target);
  if (mounted.length === 0) return [];
  if (mounted.every(({ id }) => choices.agents.includes(id))) {
    return [row("agents", "terminal", t("SSH agent"), t("yours, lent to the build"))];
  }
  return mounted.some(({ id, isRequired }) => isRequired && !choices.agents.includes(id))
    ? [row("agents", "warning", t("SSH agent"), t("required, not lent"))]
    : [row("agents", "terminal", t("SSH agent"), t("none"))];
}

/** Rare options are rows once they are chosen, or asked for: the usual ones fit without scrolling. */
function rareItems(choices: BuildChoices, showsAll: boolean): readonly ChoiceItem<SheetRow>[] {
  const { t } = vscode.l10n;
  const { labels, hosts, contexts, cacheFrom, cacheTo } = choices;
  const attested = attestationsText(choices.attestations);
  const rare = [
    rareItem("labels", "tag", t("Labels"), Object.keys(labels)),
    rareItem("hosts", "server", t("Extra hosts"), Object.keys(hosts)),
    rareItem("contexts", "files", t("Named contexts"), Object.keys(contexts)),
    rareItem("cacheFrom", "arrow-circle-down", t("Read cache from"), cacheFrom),
    rareItem("cacheTo", "arrow-circle-up", t("Write cache to"), cacheTo.map(targetName)),
    rareItem("attestations", "verified", t("Attestations"), attested ? [attested] : []),
  ];
  const shown = rare.filter(({ isChosen }) => showsAll || isChosen).map(({ item }) => item);
  const hidden = rare.length - shown.length;
  if (hidden === 0) return shown;
  const words = t("labels, hosts, contexts, caches, attestations");
  return [...shown, row("more", "ellipsis", t("More Options…"), words)];
}

function rareItem(
  value: SheetRow,
  icon: string,
  label: string,
  chosen: readonly string[],
): { readonly item: ChoiceItem<SheetRow>; readonly isChosen: boolean } {
  const isChosen = chosen.length > 0;
  const text = isChosen ? chosen.join(", ") : vscode.l10n.t("none");
  return { item: row(value, icon, label, text), isChosen };
}

function networkText(network: "none" | "host" | undefined): string {
  const { t } = vscode.l10n;
  if (network === undefined) return t("the engine's own");
  return network === "none" ? t("none") : t("the host's");
}

/** A row with its present choice; the icon tells rows apart without colour. */
export function row<T extends string>(
  value: T,
  icon: string,
  label: string,
  description: string,
): ChoiceItem<T> {
  return { label, description, iconPath: new vscode.ThemeIcon(icon), value };
}

/** A line that names the rows below it. */
export function heading(label: string): ChoiceItem<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
