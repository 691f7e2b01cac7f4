import type { StatusEvent } from "../core/build/buildEvents.js";
import {
  type BuildPart,
  buildParts,
  type BuildStage,
  type BuildStep,
} from "../core/build/buildSteps.js";
import type { Failure } from "../core/errors.js";
import type { BuildRecord } from "./buildHistory.js";

/** The row of a build; the same object for as long as the build is remembered. */
export interface BuildNode {
  readonly kind: "build";
  readonly id: string;
}

/** The row of a stage. */
export interface BuildStageNode {
  readonly kind: "build-stage";
  readonly build: BuildRecord;
  readonly stage: BuildStage;
}

/** The row of a step. */
export interface BuildStepNode {
  readonly kind: "build-step";
  readonly build: BuildRecord;
  readonly step: BuildStep;
}

/** The row of a part of a step, such as a layer. */
export interface BuildStatusNode {
  readonly kind: "build-status";
  readonly build: BuildRecord;
  readonly status: StatusEvent;
}

/** The row that says why a build failed. */
export interface BuildFailureNode {
  readonly kind: "build-failure";
  readonly build: BuildRecord;
  readonly failure: Failure;
}

/** Every row of the builds. */
export type BuildTreeNode =
  BuildNode | BuildStageNode | BuildStepNode | BuildStatusNode | BuildFailureNode;

/** Parts of a step that are shown; engines may tell any number. */
const MAX_STATUSES = 200;

/** Returns the rows below a build: its failure first, then its stages and steps. */
export function buildChildren(build: BuildRecord): BuildTreeNode[] {
  const { failure, progress } = build;
  const parts = buildParts(progress.steps);
  const isSingle = parts.filter(({ kind }) => kind === "stage").length === 1;
  return [
    ...(failure ? [{ kind: "build-failure", build, failure } as const] : []),
    ...parts.flatMap((part) => partNodes(build, part, isSingle)),
  ];
}

/** Returns the rows below a stage or a step. */
export function partChildren(node: BuildStageNode | BuildStepNode): BuildTreeNode[] {
  const { build } = node;
  if (node.kind === "build-stage") {
    return node.stage.steps.map((step) => ({ kind: "build-step", build, step }));
  }
  const statuses = [...node.step.statuses.values()].slice(0, MAX_STATUSES);
  return statuses.map((status) => ({ kind: "build-status", build, status }));
}

/** The steps of a Dockerfile's only stage stand below the build itself. */
function partNodes(build: BuildRecord, part: BuildPart, isSingle: boolean): BuildTreeNode[] {
  if (part.kind === "step") return [{ kind: "build-step", build, step: part.step }];
  const node = { kind: "build-stage", build, stage: part } as const;
  return isSingle ? partChildren(node) : [node];
}
