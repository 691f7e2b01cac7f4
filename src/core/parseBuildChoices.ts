import { type BuildChoices, isSecretName, noChoices, type SecretSource } from "./buildChoices.js";
import { EcrError } from "./errors.js";
import { parsePlatform } from "./imageReference.js";

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
  };
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
  try {
    return parsePlatform(text) === text;
  } catch (error) {
    if (error instanceof EcrError) return false;
    throw error;
  }
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.filter(isText))] : [];
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
