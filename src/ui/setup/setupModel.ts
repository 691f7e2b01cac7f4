import * as vscode from "vscode";
import { type Check, type CheckId } from "../../core/setup/check.js";
import { explain } from "../failures/explain.js";
import { type Remedy, type RemedyActions, remedyLabel } from "../failures/remedies.js";
import { checkText, checkTitle } from "./checkText.js";

/** A button of a line. */
export interface LineButton {
  readonly action: Remedy;
  readonly label: string;
}

/** One line of the page: plain text, which the page never takes for markup. */
export interface SetupLine {
  readonly id: CheckId;
  readonly state: Check["state"] | "running";
  /** The state in a word, for those who don't see its sign. */
  readonly stateName: string;
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly LineButton[];
}

/** Lines that belong together. */
export interface SetupSection {
  readonly title: string;
  readonly lines: readonly SetupLine[];
}

/** All that the page shows. */
export interface SetupModel {
  readonly summary: string;
  readonly isRunning: boolean;
  readonly sections: readonly SetupSection[];
}

const SECTIONS: readonly (readonly CheckId[])[] = [
  ["engine", "buildkit", "disk"],
  ["identity", "session", "token", "clock", "network"],
  ["repository", "tags", "rights", "platform", "context"],
];

/** Makes the page of the checks that are done; `actionsOf` says which buttons do something. */
export function makeSetupModel(
  ids: readonly CheckId[],
  done: ReadonlyMap<CheckId, Check>,
  dockerfile: string | undefined,
  actionsOf: (check: Check) => RemedyActions,
): SetupModel {
  const { t } = vscode.l10n;
  const titles = [t("Engine"), t("AWS"), t("Next push of {0}", dockerfile ?? "")];
  const sections = SECTIONS.map((all, index) => ({
    title: titles[index] ?? "",
    lines: all.filter((id) => ids.includes(id)).map((id) => makeLine(id, done.get(id), actionsOf)),
  }));
  return {
    summary: summarize(ids, done),
    isRunning: done.size < ids.length,
    sections: sections.filter(({ lines }) => lines.length > 0),
  };
}

function makeLine(
  id: CheckId,
  check: Check | undefined,
  actionsOf: (check: Check) => RemedyActions,
): SetupLine {
  const title = checkTitle(id);
  if (!check) {
    const stateName = stateText("running");
    return { id, state: "running", stateName, title, text: "", buttons: [] };
  }
  const { state } = check;
  const actions = actionsOf(check);
  const buttons = remediesOf(check)
    .filter((remedy) => actions[remedy] !== undefined)
    .map((action) => ({ action, label: remedyLabel(action) }));
  return { id, state, stateName: stateText(state), title, text: checkText(check), buttons };
}

/** What a line offers; the page itself has a button to check again. */
function remediesOf(check: Check): readonly Remedy[] {
  if (check.state === "failed") {
    return explain(check.failure).remedies.filter((remedy) => remedy !== "retry");
  }
  if (check.state !== "warning") return [];
  if (check.id === "session") return ["sign-in"];
  if (check.id === "disk") return ["show-how"];
  return check.id === "network" ? ["open-setting"] : [];
}

/** Names a state in a word. */
function stateText(state: SetupLine["state"]): string {
  const { t } = vscode.l10n;
  switch (state) {
    case "ok":
      return t("Fine");
    case "note":
      return t("Note");
    case "warning":
      return t("Warning");
    case "failed":
      return t("To fix");
    case "unknown":
      return t("Not known");
    case "running":
      return t("Checking");
  }
}

function summarize(ids: readonly CheckId[], done: ReadonlyMap<CheckId, Check>): string {
  const { t } = vscode.l10n;
  if (done.size < ids.length) return t("Checking: {0} of {1}", done.size, ids.length);
  const count = (state: Check["state"]): number =>
    [...done.values()].filter((check) => check.state === state).length;
  const [failed, warnings] = [count("failed"), count("warning")];
  if (failed === 0 && warnings === 0) return t("Nothing stands against a push.");
  const parts = [
    failed === 0 ? undefined : failed === 1 ? t("1 thing to fix") : t("{0} things to fix", failed),
    warnings === 0 ? undefined : warnings === 1 ? t("1 warning") : t("{0} warnings", warnings),
  ];
  return `${parts.filter((part) => part !== undefined).join(", ")}.`;
}

/** Writes the page as plain text, for a report. */
export function setupText({ summary, sections }: SetupModel, head: readonly string[]): string {
  const blocks = sections.map(({ title, lines }) =>
    [
      `## ${title}`,
      ...lines.map((line) => `- ${line.stateName}: ${line.title}. ${line.text}`.trimEnd()),
    ].join("\n"),
  );
  return `${[head.join("\n"), summary, ...blocks].join("\n\n")}\n`;
}
