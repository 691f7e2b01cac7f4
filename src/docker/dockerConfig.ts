import { readFile, stat } from "node:fs/promises";
import { EcrError } from "../core/errors.js";
import { asRecord } from "./untyped.js";
import { readFailureReason } from "./walkContext.js";

/** The docker command's config as it is in the file: unknown keys belong to others and stay. */
export type DockerConfig = Readonly<Record<string, unknown>>;

/** More than any config holds, and little enough to be read at once. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The text of a config file and what it says; an absent file is an empty one. */
export interface DockerConfigText {
  readonly text: string;
  readonly config: DockerConfig;
}

/** Reads a config file; fails with `docker-config-invalid`. */
export async function readDockerConfig(file: string): Promise<DockerConfigText> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES) throw invalid(file, "it is larger than 4 MiB");
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof EcrError) throw error;
    if (isMissing(error)) return { text: "", config: {} };
    throw invalid(file, readFailureReason(error), error);
  }
  return { text, config: parseDockerConfig(text, file) };
}

/**
 * Reads a config from its text, as strictly as the docker command does; `name` is said in a failure.
 *
 * The parser's own message is left out: it quotes the text, which holds passwords.
 * Source: https://github.com/docker/cli/blob/master/cli/config/configfile/file.go
 */
export function parseDockerConfig(text: string, name: string): DockerConfig {
  if (text.startsWith("\uFEFF")) {
    throw invalid(name, "it starts with a byte order mark, which docker can't read");
  }
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(name, "it is not valid JSON");
  }
  const config = asRecord(value);
  if (!config) throw invalid(name, "it is not a JSON object");
  for (const key of ["auths", "credHelpers"]) {
    if ((config[key] ?? undefined) !== undefined && !asRecord(config[key])) {
      throw invalid(name, `its ${key} is not a JSON object`);
    }
  }
  return config;
}

/** Tells whether a file operation failed because there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function invalid(path: string, reason: string, cause?: unknown): EcrError {
  return new EcrError({ kind: "docker-config-invalid", path, reason }, { cause });
}
