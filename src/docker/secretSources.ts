import { access, constants, readFile, stat } from "node:fs/promises";
import type { SecretSources } from "../core/build/buildChoices.js";
import { readFailureReason } from "./walkContext.js";

/** BuildKit's own limit: https://github.com/moby/buildkit/blob/master/session/secrets/secretsprovider/file.go */
const MAX_BYTES = 500 * 1024;

/** Reads secrets from these variables and from files of this machine. */
export function secretSources(environment: NodeJS.ProcessEnv): SecretSources {
  return {
    variable: (name) => (Object.hasOwn(environment, name) ? environment[name] : undefined),
    reasonAgainstFile: async (path) => {
      try {
        const file = await stat(path);
        if (file.isDirectory()) return "it is a folder";
        if (file.size > MAX_BYTES) return "it is over 500 KiB, more than a secret may have";
        await access(path, constants.R_OK);
        return undefined;
      } catch (error) {
        return readFailureReason(error);
      }
    },
    readFile: (path) => readFile(path),
  };
}
