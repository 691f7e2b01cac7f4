import { type BuildChoices, reasonAgainstSource, type SecretSources } from "./buildChoices.js";
import {
  type DockerfileOutline,
  findStage,
  mountedAgents,
  mountedSecrets,
  settableArgs,
} from "./dockerfileOutline.js";
import type { Failure } from "./errors.js";

/**
 * Leaves out what a build of the chosen target has no use for, so that it is neither read nor asked.
 *
 * Arguments that the Dockerfile declares nowhere stay: engines know some by themselves, as proxies.
 */
export function fitChoices(choices: BuildChoices, outline: DockerfileOutline): BuildChoices {
  const { target } = choices;
  const usable = new Set(settableArgs(outline, target).map(({ name }) => name));
  const declared = new Set(outline.args.map(({ name }) => name));
  const isOfUse = (name: string): boolean => usable.has(name) || !declared.has(name);
  const secrets = new Set(mountedSecrets(outline, target).map(({ id }) => id));
  const agents = new Set(mountedAgents(outline, target).map(({ id }) => id));
  return {
    ...choices,
    args: keep(choices.args, isOfUse),
    typedArgs: choices.typedArgs.filter(isOfUse),
    secrets: keep(choices.secrets, (id) => secrets.has(id)),
    agents: choices.agents.filter((id) => agents.has(id)),
  };
}

/** Finds what keeps a build with these choices from starting; undefined where nothing does. */
export async function findProblem(
  choices: BuildChoices,
  dockerfile: string,
  outline: DockerfileOutline,
  sources: SecretSources,
): Promise<Failure | undefined> {
  const { target } = choices;
  if (target !== undefined && !findStage(outline, target)) {
    const reason = "the Dockerfile has no stage of this name";
    return { kind: "build-option-invalid", option: "target", name: target, reason };
  }
  const { secrets } = fitChoices(choices, outline);
  for (const [id, source] of Object.entries(secrets)) {
    const reason = await reasonAgainstSource(source, sources);
    if (reason !== undefined) {
      return { kind: "build-option-invalid", option: "secret", name: id, reason };
    }
  }
  const missing = mountedSecrets(outline, target).find(
    ({ id, isRequired }) => isRequired && !Object.hasOwn(secrets, id),
  );
  return missing && { kind: "secret-missing", dockerfile, id: missing.id, line: missing.line };
}

function keep<T>(
  values: Readonly<Record<string, T>>,
  isKept: (name: string) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isKept(name)));
}
