import * as vscode from "vscode";
import type { StepState } from "../core/build/buildEvents.js";
import { buildPosition, hasEnded, stepBytes } from "../core/build/buildSteps.js";
import type { BuildRecord } from "./buildHistory.js";
import type {
  BuildFailureNode,
  BuildStageNode,
  BuildStatusNode,
  BuildStepNode,
} from "./buildNodes.js";
import { commandIds } from "./commandIds.js";
import { explain } from "./failures/explain.js";
import {
  formatDuration,
  formatInstant,
  formatStepDuration,
  formatTimeOfDay,
} from "./quantities.js";
import { amountText, stepLabel, stepText } from "./stepText.js";
import { tooltipTable } from "./tooltipTable.js";

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** Returns the row of a build; `now` is for the time that it takes so far. */
export function buildRow(build: BuildRecord, now: Date): vscode.TreeItem {
  const item = new vscode.TreeItem(build.name, Collapsed);
  const position = build.state === "running" ? buildPosition(build.progress.steps) : undefined;
  const facts = [
    position && position.total > 0 ? `${position.index}/${position.total}` : undefined,
    took(build.startedAt, build.endedAt, now),
    formatTimeOfDay(build.startedAt),
  ];
  const place =
    facts[0] === undefined || !position
      ? undefined
      : vscode.l10n.t("step {0} of {1}", position.index, position.total);
  item.id = build.id;
  item.description = join(facts);
  item.iconPath = stateIcon(build.state);
  item.contextValue = build.digestUri === undefined ? "build;finished" : "build;digest;finished";
  if (build.state === "running") item.contextValue = "build;running";
  item.accessibilityInformation = {
    label: vscode.l10n.t(
      "Build of {0}, {1}, {2}",
      build.name,
      stateWords(build.state),
      join([place, ...facts.slice(1)], ", "),
    ),
  };
  return item;
}

/** Returns the tooltip of a build. */
export function buildTooltip(build: BuildRecord): vscode.MarkdownString {
  const { t } = vscode.l10n;
  return tooltipTable(build.name, [
    [t("State"), stateWords(build.state)],
    [t("Dockerfile"), build.dockerfile],
    [t("Started"), formatInstant(build.startedAt)],
    [t("Digest URI"), build.digestUri],
  ]);
}

/** Returns the row of a stage. */
export function stageRow({ build, stage }: BuildStageNode): vscode.TreeItem {
  const { t } = vscode.l10n;
  const item = new vscode.TreeItem(stage.stage ?? t("Dockerfile"), Expanded);
  const done = stage.steps.filter(hasEnded).length;
  // Stages share a step that they have in common, and BuildKit tells it as one of them.
  const isDone = done === stage.steps.length && build.state !== "running";
  const facts = [
    stage.platform,
    isDone ? stepCount(stage.steps.length) : t("{0} of {1}", done, stepCount(stage.total)),
  ];
  item.id = `${build.id} stage ${stage.id}`;
  item.iconPath = new vscode.ThemeIcon("layers");
  item.description = join(facts);
  item.contextValue = "buildStage";
  item.accessibilityInformation = {
    label: t("Stage {0}, {1}", stage.stage ?? t("of the Dockerfile"), join(facts, ", ")),
  };
  return item;
}

/** Returns the row of a step. */
export function stepRow({ build, step }: BuildStepNode, now: Date): vscode.TreeItem {
  const { t } = vscode.l10n;
  const label = stepLabel(step);
  const item = new vscode.TreeItem(label, step.statuses.size > 0 ? Collapsed : None);
  const bytes = stepBytes(step);
  const ran = step.state !== "waiting" && step.state !== "cached";
  const isLeft = step.state === "waiting" && build.state !== "running";
  const state = isLeft ? t("not run") : stateWords(step.state);
  const facts = [
    ["running", "done"].includes(step.state) ? undefined : state,
    bytes && amountText(bytes),
    ran && step.startedAt ? stepTook(step.startedAt, step.endedAt, now) : undefined,
  ];
  item.id = `${build.id} step ${step.id}`;
  item.iconPath = stateIcon(step.state);
  item.description = join(facts);
  item.tooltip = join([stepText(step), ...facts]);
  item.contextValue = "buildStep";
  item.accessibilityInformation = {
    label: join([t("Step {0}", label), state, ...facts.slice(1)], ", "),
  };
  const line = step.place?.line;
  if (line !== undefined) {
    const title = t("Open Dockerfile");
    const target = { dockerfile: build.dockerfile, line };
    item.command = { command: commandIds.openBuildDockerfile, title, arguments: [target] };
  }
  return item;
}

/** Returns the row of a part of a step. */
export function statusRow({ build, status }: BuildStatusNode): vscode.TreeItem {
  const item = new vscode.TreeItem(
    status.id.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…"),
    None,
  );
  const hasBytes = status.doneBytes > 0 || status.totalBytes > 0;
  item.id = `${build.id} status ${status.step} ${status.id}`;
  item.iconPath = new vscode.ThemeIcon("arrow-small-right");
  if (hasBytes) item.description = amountText(status);
  item.tooltip = join([status.id, hasBytes ? amountText(status) : undefined]);
  item.contextValue = "buildStatus";
  const said = join([status.id, hasBytes ? amountText(status) : undefined], ", ");
  item.accessibilityInformation = { label: vscode.l10n.t("Part of the step: {0}", said) };
  return item;
}

/** Returns the row of a failure. */
export function buildFailureRow({ build, failure }: BuildFailureNode): vscode.TreeItem {
  const { message } = explain(failure);
  // A row is narrow: why, then where.
  const isBuild = failure.kind === "build-failed";
  const item = new vscode.TreeItem(isBuild ? failure.message : message, None);
  if (isBuild && failure.line !== undefined) {
    item.description = vscode.l10n.t("line {0}", failure.line);
  }
  item.id = `${build.id} failure`;
  item.iconPath = new vscode.ThemeIcon(
    "error",
    new vscode.ThemeColor("problemsErrorIcon.foreground"),
  );
  item.tooltip = message;
  item.accessibilityInformation = { label: message };
  item.contextValue = "buildFailure";
  const title = vscode.l10n.t("Open Dockerfile");
  const target = { kind: "build", id: build.id };
  item.command = { command: commandIds.openBuildDockerfile, title, arguments: [target] };
  return item;
}

/** Says a state in words, for those who do not see its icon. */
export function stateWords(state: StepState): string {
  const { t } = vscode.l10n;
  switch (state) {
    case "waiting":
      return t("waiting");
    case "running":
      return t("running");
    case "cached":
      return t("cached");
    case "done":
      return t("done");
    case "failed":
      return t("failed");
    case "cancelled":
      return t("cancelled");
  }
}

/**
 * Icons differ in shape, so that no state is told by its colour alone. The red is that of problems:
 * the one of errors in lists is no colour at all in high contrast.
 */
export function stateIcon(state: StepState): vscode.ThemeIcon {
  switch (state) {
    case "waiting":
      return new vscode.ThemeIcon("circle-outline");
    case "running":
      return new vscode.ThemeIcon("sync~spin");
    case "cached":
      return new vscode.ThemeIcon("history");
    case "done":
      return new vscode.ThemeIcon("pass", new vscode.ThemeColor("testing.iconPassed"));
    case "failed":
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("problemsErrorIcon.foreground"));
    case "cancelled":
      return new vscode.ThemeIcon("circle-slash");
  }
}

function stepCount(count: number): string {
  return count === 1 ? vscode.l10n.t("1 step") : vscode.l10n.t("{0} steps", count);
}

function took(startedAt: Date, endedAt: Date | undefined, now: Date): string {
  return formatDuration((endedAt ?? now).getTime() - startedAt.getTime());
}

/** Tenths of a second that go by would be read by nobody. */
function stepTook(startedAt: Date, endedAt: Date | undefined, now: Date): string {
  if (!endedAt) return took(startedAt, endedAt, now);
  return formatStepDuration(endedAt.getTime() - startedAt.getTime());
}

function join(facts: readonly (string | undefined)[], separator = " · "): string {
  return facts.filter((fact) => fact !== undefined && fact !== "").join(separator);
}
