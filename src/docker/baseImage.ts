import type { RegistryTarget } from "./engineErrors.js";

/** Says what is asked of which registry when an engine pulls this image. */
export function pullTarget(image: string): RegistryTarget {
  const [first = "", ...rest] = image.split("/");
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const repository = (hasHost ? rest.join("/") : image).replace(/[:@].*$/, "");
  return { operation: "pull", host: hasHost ? first : "docker.io", repository, tag: undefined };
}

/** Returns the image that an instruction pulls, as written; undefined where it pulls none. */
export function findBaseImage(instruction: string): string | undefined {
  const match =
    /^FROM\s+(?:--\S+\s+)*(\S+)/i.exec(instruction) ?? /^COPY\s.*--from=(\S+)/i.exec(instruction);
  return match?.[1];
}
