import { type Attestations, hasAttestations } from "./attestations.js";
import type { CacheTarget } from "./cacheTarget.js";
import { EcrError } from "../errors.js";
import type { BuildOptionName } from "../failures/buildFailures.js";
import type { NamedContext } from "./namedContext.js";
import type { BuildOptions } from "../enginePorts.js";

/** Where a secret's value comes from; the value itself is never part of it. */
export type SecretSource =
  | { readonly kind: "environment"; readonly name: string }
  /** `path` is absolute. */
  | { readonly kind: "file"; readonly path: string }
  /** Typed when a build begins, and gone when it ends. */
  | { readonly kind: "typed" };

/** What people chose for the builds of a Dockerfile; it holds no secret, so that it may be kept. */
export interface BuildChoices {
  /** The stage to build; undefined means the last. */
  readonly target: string | undefined;
  /** None means the engine's own. */
  readonly platforms: readonly string[];
  /** Values of arguments that may be kept, by name. */
  readonly args: Readonly<Record<string, string>>;
  /** Arguments whose names say that their values are secret: they are typed for each build. */
  readonly typedArgs: readonly string[];
  /** Sources of secrets by the id that steps mount. */
  readonly secrets: Readonly<Record<string, SecretSource>>;
  /** Ids of the mounts that get the user's own SSH agent. */
  readonly agents: readonly string[];
  readonly noCache: boolean;
  readonly pull: boolean;
  readonly network: BuildOptions["network"] | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly hosts: Readonly<Record<string, string>>;
  readonly contexts: Readonly<Record<string, NamedContext>>;
  /** References whose caches are read. */
  readonly cacheFrom: readonly string[];
  readonly cacheTo: readonly CacheTarget[];
  readonly attestations: Attestations;
}

/** The choices of a build that is what the Dockerfile says. */
export const noChoices: BuildChoices = {
  target: undefined,
  platforms: [],
  args: {},
  typedArgs: [],
  secrets: {},
  agents: [],
  noCache: false,
  pull: false,
  network: undefined,
  labels: {},
  hosts: {},
  contexts: {},
  cacheFrom: [],
  cacheTo: [],
  attestations: {},
};

/** What was typed for one build and is kept nowhere: values by `secret:<id>` and `argument:<name>`. */
export type TypedValues = ReadonlyMap<string, string>;

/** What a typed value is for. */
export type TypedKey = `secret:${string}` | `argument:${string}`;

/** Where secrets are read from, when a build needs them. */
export interface SecretSources {
  /** Returns the value of an environment variable; undefined when it is not set. */
  variable(name: string): string | undefined;
  /** Says why a file can't be a secret, as a sentence fragment; undefined when it can. */
  reasonAgainstFile(path: string): Promise<string | undefined>;
  readFile(path: string): Promise<Uint8Array>;
}

/** Lists what has to be typed before a build with these choices can begin. */
export function listTypedKeys({ secrets, typedArgs }: BuildChoices): readonly TypedKey[] {
  const ids = Object.entries(secrets).filter(([, { kind }]) => kind === "typed");
  return [
    ...typedArgs.map((name): TypedKey => `argument:${name}`),
    ...ids.map(([id]): TypedKey => `secret:${id}`),
  ];
}

/**
 * Tells whether an argument's name says that its value is secret, as BuildKit's own check does.
 *
 * Source: https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
 */
export function isSecretName(name: string): boolean {
  const secret =
    /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
  return secret.test(name) && !/(?:^|_)public(?:_|$)/i.test(name);
}

/** Says why a source can't give a secret now, as a sentence fragment; undefined when it can. */
export async function reasonAgainstSource(
  source: SecretSource,
  sources: SecretSources,
): Promise<string | undefined> {
  switch (source.kind) {
    case "environment":
      return sources.variable(source.name) === undefined
        ? `the environment variable ${source.name} is not set`
        : undefined;
    case "file":
      return sources.reasonAgainstFile(source.path);
    case "typed":
      return undefined;
  }
}

/**
 * Makes the options of one build; a file is read when a step asks for it.
 *
 * Fails with `build-option-invalid` for a secret that its source does not give.
 */
export async function makeBuildOptions(
  choices: BuildChoices,
  typed: TypedValues,
  sources: SecretSources,
): Promise<BuildOptions> {
  const { target, args, typedArgs, agents, noCache, pull, network, labels, hosts } = choices;
  const { contexts, cacheFrom, cacheTo, attestations } = choices;
  for (const [id, source] of Object.entries(choices.secrets)) {
    const reason = await reasonAgainstSource(source, sources);
    if (reason !== undefined) throw invalid("secret", id, reason);
  }
  const readers = Object.entries(choices.secrets).map(
    ([id, source]) => [id, secretReader(id, source, typed, sources)] as const,
  );
  const typedPairs = typedArgs.map((name) => {
    const value = typed.get(`argument:${name}`);
    if (value === undefined) throw invalid("build-argument", name, "no value was typed");
    return [name, value] as const;
  });
  return {
    ...(target === undefined ? {} : { target }),
    buildArgs: { ...args, ...Object.fromEntries(typedPairs) },
    secrets: Object.fromEntries(readers),
    ssh: Object.fromEntries(agents.map((id) => [id, undefined])),
    noCache,
    pull,
    ...(network === undefined ? {} : { network }),
    labels,
    hosts,
    // Builders that know none of them are asked to do without nothing.
    ...(Object.keys(contexts).length === 0 ? {} : { contexts }),
    ...(cacheFrom.length === 0 ? {} : { cacheFrom }),
    ...(cacheTo.length === 0 ? {} : { cacheTo }),
    ...(hasAttestations(attestations) ? { attestations } : {}),
  };
}

function secretReader(
  id: string,
  source: SecretSource,
  typed: TypedValues,
  sources: SecretSources,
): () => Promise<Uint8Array> {
  if (source.kind === "file") {
    return async () => {
      // A build may be long, and files go meanwhile.
      const reason = await sources.reasonAgainstFile(source.path);
      if (reason !== undefined) throw invalid("secret", id, reason);
      return sources.readFile(source.path);
    };
  }
  const value = source.kind === "typed" ? typed.get(`secret:${id}`) : sources.variable(source.name);
  if (value === undefined) throw invalid("secret", id, "no value was typed");
  return () => Promise.resolve(new TextEncoder().encode(value));
}

function invalid(option: BuildOptionName, name: string, reason: string): EcrError {
  return new EcrError({ kind: "build-option-invalid", option, name, reason });
}
