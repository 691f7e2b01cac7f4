import { asFields, asInstant, asList, asText, asTextPairs, asTexts } from "../../jsonFields.js";
import { type JsonFields, tryParseJson } from "../../jsonFields.js";
import { formatPlatform } from "../manifest.js";

/** How an image runs and how it was made, as its config says. */
export interface ImageConfig {
  readonly platform: string | undefined;
  readonly createdAt: Date | undefined;
  readonly author: string | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** Values may hold secrets: they are shown when asked for, and never logged. */
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly user: string | undefined;
  readonly workingFolder: string | undefined;
  /** Such as `8080/tcp`. */
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly stopSignal: string | undefined;
  readonly healthCheck: readonly string[];
  readonly history: readonly HistoryStep[];
}

/** One step of how an image was made. */
export interface HistoryStep {
  readonly createdBy: string;
  readonly createdAt: Date | undefined;
  readonly comment: string | undefined;
  /** Whether the step made no layer. */
  readonly isEmpty: boolean;
}

/**
 * Reads the config of an image; undefined for what is none. Parts that make no sense are left out.
 *
 * Source: https://github.com/opencontainers/image-spec/blob/main/config.md
 */
export function parseImageConfig(text: string): ImageConfig | undefined {
  const image = asFields(tryParseJson(text));
  if (!image) return undefined;
  const config = asFields(image["config"]) ?? {};
  return {
    platform: formatPlatform(image),
    createdAt: asInstant(image["created"]),
    author: asText(image["author"]) || undefined,
    entrypoint: asTexts(config["Entrypoint"]),
    command: asTexts(config["Cmd"]),
    variables: asTexts(config["Env"]).map(splitVariable),
    labels: asTextPairs(config["Labels"]),
    user: asText(config["User"]) || undefined,
    workingFolder: asText(config["WorkingDir"]) || undefined,
    ports: Object.keys(asFields(config["ExposedPorts"]) ?? {}),
    volumes: Object.keys(asFields(config["Volumes"]) ?? {}),
    stopSignal: asText(config["StopSignal"]) || undefined,
    // Docker's own field, which the specification knows of but does not describe.
    healthCheck: asTexts(asFields(config["Healthcheck"])?.["Test"]),
    history: asList(image["history"]).flatMap((step) => parseStep(asFields(step)) ?? []),
  };
}

function splitVariable(text: string): readonly [string, string] {
  const at = text.indexOf("=");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function parseStep(step: JsonFields | undefined): HistoryStep | undefined {
  return (
    step && {
      createdBy: asText(step["created_by"]) ?? "",
      createdAt: asInstant(step["created"]),
      comment: asText(step["comment"]) || undefined,
      isEmpty: step["empty_layer"] === true,
    }
  );
}
