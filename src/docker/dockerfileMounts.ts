import path from "node:path";
import type { MountOutline } from "../core/build/dockerfileOutline.js";

/**
 * Returns the secret that a `--mount` is for; undefined for other mounts.
 *
 * Its id is the last part of the target where none is given. An id with a variable is known only to
 * BuildKit, and left out.
 * Source: https://docs.docker.com/reference/dockerfile/#run---mounttypesecret
 */
export function secretMount(mount: string): Pick<MountOutline, "id" | "isRequired"> | undefined {
  const fields = parseMount(mount);
  if (fields.get("type") !== "secret") return undefined;
  const target = fields.get("target") ?? fields.get("dst") ?? fields.get("destination");
  const id = fields.get("id") ?? path.posix.basename(target ?? "");
  return id === "" || id.includes("$") ? undefined : { id, isRequired: isRequired(fields) };
}

/**
 * Returns the SSH agent that a `--mount` is for; undefined for other mounts.
 *
 * Source: https://docs.docker.com/reference/dockerfile/#run---mounttypessh
 */
export function agentMount(mount: string): Pick<MountOutline, "id" | "isRequired"> | undefined {
  const fields = parseMount(mount);
  if (fields.get("type") !== "ssh") return undefined;
  const id = fields.get("id") || "default";
  return id.includes("$") ? undefined : { id, isRequired: isRequired(fields) };
}

/**
 * Tells whether an `ADD` fetches this over SSH, for which BuildKit asks the build's usual agent.
 *
 * Source: https://docs.docker.com/reference/dockerfile/#adding-files-from-a-git-repository
 */
export function isGitOverSsh(source: string): boolean {
  return /^(?:ssh:\/\/|[\w-]+@[\w.-]+:)/i.test(source);
}

/** Returns the image or stage that a `--mount` takes files from, as written. */
export function mountSource(mount: string): string | undefined {
  return parseMount(mount).get("from");
}

function parseMount(mount: string): ReadonlyMap<string, string> {
  return new Map(
    mount.split(",").map((field) => {
      const [key = "", ...value] = field.split("=");
      return [key.trim().toLowerCase(), value.join("=")];
    }),
  );
}

/** `required` alone means true; else Go reads it: https://pkg.go.dev/strconv#ParseBool */
function isRequired(fields: ReadonlyMap<string, string>): boolean {
  return /^(?:|1|t|true)$/i.test(fields.get("required") ?? "false");
}
