import { type BuildChoices, reasonAgainstSource, type SecretSources } from "./buildChoices.js";
import {
  type DockerfileOutline,
  findMissing,
  findStage,
  mountedAgents,
  mountedSecrets,
  settableArgs,
} from "./dockerfileOutline.js";
import type { Failure } from "../errors.js";

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
  const { secrets, agents } = fitChoices(choices, outline);
  for (const [id, source] of Object.entries(secrets)) {
    const reason = await reasonAgainstSource(source, sources);
    if (reason !== undefined) {
      return { kind: "build-option-invalid", option: "secret", name: id, reason };
    }
  }
  return missingMount(dockerfile, outline, {
    target,
    secrets,
    ssh: Object.fromEntries(agents.map((id) => [id, undefined])),
  });
}

/** Finds a secret or an SSH agent that a build's target can't do without, and that it is not given. */
export function missingMount(
  dockerfile: string,
  outline: DockerfileOutline,
  given: {
    readonly target: string | undefined;
    readonly secrets: Readonly<Record<string, unknown>>;
    readonly ssh: Readonly<Record<string, unknown>>;
  },
): Extract<Failure, { kind: "secret-missing" | "ssh-agent-missing" }> | undefined {
  const { target, secrets, ssh } = given;
  const secret = findMissing(mountedSecrets(outline, target), secrets);
  if (secret) return { kind: "secret-missing", dockerfile, id: secret.id, line: secret.line };
  const agent = findMissing(mountedAgents(outline, target), ssh);
  return agent && { kind: "ssh-agent-missing", dockerfile, id: agent.id, line: agent.line };
}

function keep<T>(
  values: Readonly<Record<string, T>>,
  isKept: (name: string) => boolean,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isKept(name)));
}
