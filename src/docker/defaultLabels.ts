import type { BuildRequest } from "../core/enginePorts.js";
import { type Stage, splitStages } from "./buildkit/dockerfileStages.js";
import type { Instruction } from "./dockerfileSource.js";

/**
 * Returns the request with its default labels among the others, except for those that a `LABEL` of
 * the built stage, or of a stage that it begins with, names: a builder would let them win.
 *
 * Source: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/dockerfile2llb/convert.go
 */
export function withDefaultLabels(
  request: BuildRequest,
  instructions: readonly Instruction[],
): BuildRequest {
  const { defaultLabels, ...options } = request.options ?? {};
  if (!defaultLabels) return request;
  const own = labelsOf(splitStages(instructions), options.target);
  const kept = Object.entries(defaultLabels).filter(([name]) => !own.has(name));
  const labels = { ...Object.fromEntries(kept), ...options.labels };
  return { ...request, options: { ...options, labels } };
}

/**
 * Returns the request with the revision as its only default label.
 *
 * Podman takes labels in a new order each time, and makes another image for each order; so only one
 * label leaves an unchanged image as it is.
 * Source: https://github.com/containers/podman/blob/v4.3.1/pkg/api/handlers/compat/images_build.go
 */
export function withRevisionOnly(request: BuildRequest): BuildRequest {
  const { defaultLabels, ...options } = request.options ?? {};
  const revision = defaultLabels?.[REVISION];
  if (revision === undefined) return request;
  return { ...request, options: { ...options, defaultLabels: { [REVISION]: revision } } };
}

const REVISION = "org.opencontainers.image.revision";

/** Names the labels that the Dockerfile itself gives to the image. */
function labelsOf(stages: readonly Stage[], target: string | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  let stage = findStage(stages, target) ?? stages.at(-1);
  for (const seen = new Set<Stage>(); stage && !seen.has(stage); stage = findBase(stages, stage)) {
    seen.add(stage);
    for (const { text } of stage.instructions) {
      for (const name of parseLabelNames(text)) names.add(name);
    }
  }
  return names;
}

function findStage(stages: readonly Stage[], name: string | undefined): Stage | undefined {
  if (name === undefined) return undefined;
  const named = stages.findLast((stage) => stage.name === name.toLowerCase());
  return named ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
}

function findBase(stages: readonly Stage[], stage: Stage): Stage | undefined {
  const from = stage.instructions[0]?.text ?? "";
  const base = /^FROM\s+(?:--\S+\s+)*(\S+)/i.exec(from)?.[1];
  return findStage(stages.slice(0, stages.indexOf(stage)), base);
}

/** Words of a `LABEL`: quotes hold blanks together, and a backslash takes a character as it is. */
const WORD = /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/gs;

/** Source: https://docs.docker.com/reference/dockerfile/#label */
function parseLabelNames(instruction: string): readonly string[] {
  const rest = /^LABEL\s+(.*)$/is.exec(instruction)?.[1];
  if (rest === undefined) return [];
  const words = rest.match(WORD) ?? [];
  const pairs = words[0]?.includes("=") ? words : words.slice(0, 1);
  return pairs.map((word) => unquote(/^((?:"(?:\\.|[^"\\])*"|'[^']*'|[^="'])*)/s.exec(word)?.[1]));
}

function unquote(text = ""): string {
  return text.replace(/["']/g, "").replace(/\\(.)/gs, "$1");
}
