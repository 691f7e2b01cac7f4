import { isCancellation } from "../../errors.js";
import type { Outcome } from "../../images/imageDetails/readDetails.js";
import { isIndex, type Image, type Repository } from "../../registry.js";
import type { Manifest } from "../../images/manifest.js";
import type { Registry } from "../../ports.js";
import type { ScanSettings } from "../repositoryRules.js";

/** What is told of a repository, each part by itself. */
export interface RepositoryParts {
  /** Undefined where it is gone. */
  readonly repository: Repository | undefined;
  readonly contents: RepositoryContents;
  /** The text; undefined where there is none. */
  readonly lifecyclePolicy: string | undefined;
  readonly repositoryPolicy: string | undefined;
  readonly scanSettings: ScanSettings;
}

/** The images of a repository, as far as they were read. */
export interface RepositoryContents {
  readonly images: readonly Image[];
  /** Those of indexes, by digest. */
  readonly manifests: ReadonlyMap<string, Manifest>;
  /** Why manifests are missing; undefined where none is. */
  readonly manifestError: unknown;
  readonly isComplete: boolean;
}

/** Hears of each part as it is read; contents come several times. */
export type TellPart = <Id extends keyof RepositoryParts>(
  id: Id,
  outcome: Outcome<RepositoryParts[Id]>,
) => void;

/** Reads all that is told of a repository; a part that fails leaves the others. */
export async function readRepositoryParts(
  registry: Registry,
  name: string,
  signal: AbortSignal,
  tell: TellPart,
): Promise<void> {
  const { rules } = registry;
  const part = async <Id extends keyof RepositoryParts>(
    id: Id,
    work: Promise<RepositoryParts[Id]>,
  ): Promise<void> => {
    try {
      tell(id, { state: "known", value: await work });
    } catch (error) {
      if (isCancellation(error)) throw error;
      tell(id, { state: "failed", error });
    }
  };
  await Promise.all([
    part("repository", registry.findRepository(name, signal)),
    part("lifecyclePolicy", rules.readLifecyclePolicy(name, signal)),
    part("repositoryPolicy", rules.readRepositoryPolicy(name, signal)),
    part("scanSettings", rules.readScanSettings(name, signal)),
    part("contents", readContents(registry, name, signal, tell)),
  ]);
}

async function readContents(
  registry: Registry,
  name: string,
  signal: AbortSignal,
  tell: TellPart,
): Promise<RepositoryContents> {
  const images: Image[] = [];
  let told = 0;
  for await (const page of registry.listImages(name, signal)) {
    images.push(...page);
    // Summing up takes as long as there are images; each telling is of twice as many as the last.
    if (images.length < 2 * told) continue;
    told = images.length;
    const value = { images: [...images], ...NOT_READ };
    tell("contents", { state: "known", value });
  }
  const indexes = images.filter(isIndex).map(({ digest }) => digest);
  try {
    const manifests = await registry.readManifests(name, indexes, signal);
    return { images, manifests, manifestError: undefined, isComplete: true };
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { images, manifests: new Map(), manifestError: error, isComplete: true };
  }
}

const NOT_READ: Omit<RepositoryContents, "images"> = {
  manifests: new Map(),
  manifestError: undefined,
  isComplete: false,
};
