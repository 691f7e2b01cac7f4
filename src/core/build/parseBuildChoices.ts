import { parseAttestations } from "./attestations.js";
import { type BuildChoices, isSecretName, noChoices, type SecretSource } from "./buildChoices.js";
import { type CacheTarget, parseCacheReference, parseCacheTarget } from "./cacheTarget.js";
import { EcrError } from "../errors.js";
import { parsePlatform } from "../imageReference.js";
import { formatContext, type NamedContext, parseNamedContext } from "./namedContext.js";

/**
 * Reads choices that were kept, part by part; a part that makes no sense is as if never chosen.
 *
 * The file that keeps them is VS Code's, and other versions of the extension write it too.
 */
export function parseBuildChoices(kept: unknown): BuildChoices {
  if (!isRecord(kept)) return noChoices;
  const { target, platforms, args, typedArgs, secrets, agents, network, labels, hosts } = kept;
  return {
    target: typeof target === "string" && target !== "" ? target : undefined,
    platforms: textsOf(platforms).filter(isPlatform),
    // A name that says "secret" keeps no value, whoever wrote one.
    args: pairsOf(args, (name) => !isSecretName(name)),
    typedArgs: textsOf(typedArgs),
    secrets: Object.fromEntries(
      entriesOf(secrets).flatMap(([id, source]) => {
        const parsed = parseSource(source);
        return parsed ? [[id, parsed]] : [];
      }),
    ),
    agents: textsOf(agents),
    noCache: kept["noCache"] === true,
    pull: kept["pull"] === true,
    network: network === "none" || network === "host" ? network : undefined,
    labels: pairsOf(labels),
    hosts: pairsOf(hosts),
    contexts: Object.fromEntries(
      entriesOf(kept["contexts"]).flatMap(([name, context]) => {
        const parsed = parseContext(name, context);
        return parsed ? [[name, parsed]] : [];
      }),
    ),
    cacheFrom: textsOf(kept["cacheFrom"]).filter((text) => tryRule(parseCacheReference, text)),
    attestations: parseAttestations(kept["attestations"]),
    cacheTo: listOf(kept["cacheTo"]).flatMap((target) => parseTarget(target) ?? []),
  };
}

function parseContext(name: string, context: unknown): NamedContext | undefined {
  if (!isRecord(context)) return undefined;
  const { kind, path, reference, url } = context;
  const found: NamedContext | undefined =
    kind === "folder" && isText(path)
      ? { kind, path }
      : kind === "image" && isText(reference)
        ? { kind, reference }
        : kind === "url" && isText(url)
          ? { kind, url }
          : undefined;
  return found && tryRule(parseNamedContext, `${name}=${formatContext(found)}`)?.[1];
}

function parseTarget(target: unknown): CacheTarget | undefined {
  if (!isRecord(target)) return undefined;
  const { kind, reference, mode } = target;
  if (kind === "inline") return { kind };
  if (kind !== "registry" || !isText(reference)) return undefined;
  const setting = isText(mode) ? `,mode=${mode}` : "";
  return tryRule(parseCacheTarget, `${reference}${setting}`);
}

/** Only the place of a secret is taken, whatever else stands beside it. */
function parseSource(source: unknown): SecretSource | undefined {
  if (!isRecord(source)) return undefined;
  const { kind, name, path } = source;
  if (kind === "environment" && isText(name)) return { kind, name };
  if (kind === "file" && isText(path)) return { kind, path };
  return kind === "typed" ? { kind } : undefined;
}

function isPlatform(text: string): boolean {
  return tryRule(parsePlatform, text) === text;
}

function tryRule<T>(parse: (text: string) => T, text: string): T | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof EcrError) return undefined;
    throw error;
  }
}

function textsOf(value: unknown): readonly string[] {
  return [...new Set(listOf(value).filter(isText))];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function pairsOf(
  value: unknown,
  isKept: (name: string) => boolean = () => true,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entriesOf(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && isKept(entry[0]),
    ),
  );
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return isRecord(value) ? Object.entries(value).filter(([name]) => name !== "") : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
