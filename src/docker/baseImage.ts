import type { BuildRequest } from "../core/enginePorts.js";
import type { Instruction } from "./dockerfileSource.js";
import type { RegistryTarget } from "./errors/registryErrorRow.js";
import { expandArguments } from "./expandArguments.js";

/** An image that a Dockerfile takes from elsewhere. */
export interface BaseImage {
  /** As the Dockerfile names it, with its arguments filled in. */
  readonly image: string;
  /** The line of the instruction, from 1. */
  readonly line: number;
}

/** An image that an engine pulls, and the line where the Dockerfile names it, where that is known. */
export type PulledImage = Pick<BaseImage, "image"> & { readonly line: number | undefined };

/** Says what is asked of which registry when an engine pulls this image. */
export function pullTarget(image: string): RegistryTarget {
  const [first = "", ...rest] = image.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const repository = (hasHost ? rest.join("/") : image).replace(/[:@].*$/, "");
  return { operation: "pull", host: hasHost ? first : "docker.io", repository, tag: undefined };
}

/** Names Docker Hub alike, whichever of its hosts is meant; other hosts stay as they are. */
export function canonicalHost(host: string): string {
  return HUB_HOSTS.has(host) ? "docker.io" : host;
}

const HUB_HOSTS: ReadonlySet<string> = new Set([
  "docker.io",
  "index.docker.io",
  "registry-1.docker.io",
]);

/** Returns the image that an instruction pulls, as written; undefined where it pulls none. */
export function findBaseImage(instruction: string): string | undefined {
  const match =
    /^FROM\s+(?:--\S+\s+)*(\S+)/i.exec(instruction) ?? /^COPY\s.*--from=(\S+)/i.exec(instruction);
  return match?.[1];
}

/**
 * Lists the images that a Dockerfile may pull, in its order; names of its own stages are none.
 *
 * Arguments before the first `FROM` count with the values that the build is given.
 * Source: https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact
 */
export function listBaseImages(
  instructions: readonly Instruction[],
  { options = {} }: BuildRequest,
): readonly BaseImage[] {
  const values = new Map<string, string>();
  const stages = new Set(["scratch"]);
  let isBeforeStages = true;
  const images: BaseImage[] = [];
  for (const { line, text } of instructions) {
    const argument = isBeforeStages && /^ARG\s+(\w+)(?:=(.*))?$/is.exec(text);
    if (argument) {
      const [, name = "", written] = argument;
      const value =
        options.buildArgs?.[name] ?? (written && expandArguments(unquote(written), values));
      if (value !== undefined) values.set(name, value);
    }
    for (const written of namedImages(text)) {
      const image = expandArguments(unquote(written), values);
      const isStage = stages.has(image.toLowerCase()) || /^\d*$/.test(image);
      if (!isStage && options.contexts?.[image] === undefined) images.push({ image, line });
    }
    if (/^FROM\s/i.test(text)) isBeforeStages = false;
    const stage = /^FROM\s.*\sAS\s+(\S+)\s*$/is.exec(text)?.[1];
    if (stage !== undefined) stages.add(stage.toLowerCase());
  }
  return images;
}

function namedImages(instruction: string): readonly string[] {
  const base = findBaseImage(instruction);
  const mounted = /^RUN\s/i.test(instruction)
    ? [...instruction.matchAll(/\s--mount=\S*?\bfrom=([^,\s]+)/g)].map(([, image = ""]) => image)
    : [];
  return base === undefined ? mounted : [base, ...mounted];
}

function unquote(text: string): string {
  return text.trim().replace(/^(["'])(.*)\1$/s, "$2");
}

/** Finds what the Dockerfile calls an image that an engine names in full. */
export function findNamed(image: string, named: readonly BaseImage[]): PulledImage {
  // The digest that the tag meant is not the Dockerfile's own word.
  const full = new Set([image, image.replace(/@.*$/, "")].map(fullName));
  const found = named.find((base) => full.has(fullName(base.image)));
  return (
    found ?? { image: shortName(image), line: named.length === 1 ? named[0]?.line : undefined }
  );
}

/** Source: https://github.com/distribution/reference/blob/main/normalize.go */
function fullName(image: string): string {
  const short = shortName(image);
  return /[:@]/.test(short.slice(short.lastIndexOf("/") + 1)) ? short : `${short}:latest`;
}

function shortName(image: string): string {
  return image.replace(/^docker\.io\/(?:library\/)?/, "");
}
