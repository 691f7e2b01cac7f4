import { isCancellation } from "../../errors.js";
import type { Registry } from "../../ports.js";
import type { Image } from "../../registry.js";
import { type Expiry, readExpiry } from "./expiry.js";
import type { FindingsPage } from "./findings.js";
import { type ImageConfig, parseImageConfig } from "./imageConfig.js";
import { type ImageManifest, isImageConfig, parseImageManifest } from "./imageManifest.js";
import type { Referrers } from "./referrers.js";

/** What reading a part came to. */
export type Outcome<T> =
  | { readonly state: "known"; readonly value: T }
  | { readonly state: "failed"; readonly error: unknown };

/** What is told of an image as it becomes known; each part by itself, and `findings` page by page. */
export interface DetailsParts {
  /** Undefined for an image that is not there (any more). */
  readonly image: Image | undefined;
  /** Undefined for a manifest that can't be read, as of archived images. */
  readonly manifest: ImageManifest | undefined;
  readonly referrers: Referrers;
  readonly expiry: Expiry;
}

/** What is told of one platform of an image. */
export interface PlatformParts {
  readonly contents: PlatformContents | undefined;
  readonly findings: FindingsPage;
}

/** What one platform of an image is made of. */
export interface PlatformContents {
  readonly manifest: ImageManifest;
  /** Undefined for artifacts, whose configs are not those of images. */
  readonly config: ImageConfig | undefined;
}

/** Takes parts as they come. */
export type TellPart<Parts> = <Id extends keyof Parts>(id: Id, outcome: Outcome<Parts[Id]>) => void;

/** What reading the details of an image needs. */
export type DetailsRegistry = Pick<Registry, "findImage" | "contents" | "rules">;

/** Reads what is told of an image as a whole, all at once; a part that fails leaves the others. */
export async function readDetails(
  registry: DetailsRegistry,
  repository: string,
  digest: string,
  signal: AbortSignal,
  tell: TellPart<DetailsParts>,
): Promise<void> {
  const { contents, rules } = registry;
  await Promise.all([
    tellOutcome("image", registry.findImage(repository, { digest }, signal), tell),
    tellOutcome("manifest", readManifest(contents, repository, digest, signal), tell),
    tellOutcome("referrers", contents.readReferrers(repository, digest, signal), tell),
    tellOutcome("expiry", readExpiry(rules, repository, digest, signal), tell),
  ]);
}

/** Reads what is told of one platform, given its digest; `manifest` where it is known already. */
export async function readPlatform(
  { contents }: Pick<DetailsRegistry, "contents">,
  repository: string,
  digest: string,
  manifest: ImageManifest | undefined,
  signal: AbortSignal,
  tell: TellPart<PlatformParts>,
): Promise<void> {
  await Promise.all([
    tellOutcome("contents", readContents(contents, repository, digest, manifest, signal), tell),
    tellFindings(contents, repository, digest, signal, tell),
  ]);
}

async function readManifest(
  contents: Registry["contents"],
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<ImageManifest | undefined> {
  const found = await contents.readManifestText(repository, digest, signal);
  return found && parseImageManifest(found.text);
}

/** Reads what one platform is made of; undefined where its manifest can't be read. */
export async function readContents(
  contents: Registry["contents"],
  repository: string,
  digest: string,
  known: ImageManifest | undefined,
  signal: AbortSignal,
): Promise<PlatformContents | undefined> {
  const manifest = known ?? (await readManifest(contents, repository, digest, signal));
  if (!manifest) return undefined;
  const { config } = manifest;
  if (!config || !isImageConfig(config)) return { manifest, config: undefined };
  const text = await contents.readConfigText(repository, config.digest, signal);
  return { manifest, config: parseImageConfig(text) };
}

async function tellFindings(
  contents: Registry["contents"],
  repository: string,
  digest: string,
  signal: AbortSignal,
  tell: TellPart<PlatformParts>,
): Promise<void> {
  try {
    for await (const value of contents.listFindings(repository, digest, signal)) {
      tell("findings", { state: "known", value });
    }
  } catch (error) {
    if (isCancellation(error)) throw error;
    tell("findings", { state: "failed", error });
  }
}

async function tellOutcome<Parts, Id extends keyof Parts>(
  id: Id,
  work: Promise<Parts[Id]>,
  tell: TellPart<Parts>,
): Promise<void> {
  try {
    tell(id, { state: "known", value: await work });
  } catch (error) {
    if (isCancellation(error)) throw error;
    tell(id, { state: "failed", error });
  }
}
