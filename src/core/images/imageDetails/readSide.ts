import type { Registry } from "../../ports.js";
import type { FindingsPage } from "./findings.js";
import { parseImageManifest } from "./imageManifest.js";
import { type PlatformContents, readContents } from "./readDetails.js";

/** One of two images that are compared: one platform of it. */
export interface Side {
  /** The digest of the platform's own manifest; the image's own where it is no index. */
  readonly digest: string;
  /** The platforms of an index, in its order; empty for a single image. */
  readonly platforms: readonly string[];
  /** The one that `contents` is of; undefined for a single image. */
  readonly platform: string | undefined;
  /** Undefined where ECR does not give the manifest, as of archived images. */
  readonly contents: PlatformContents | undefined;
}

/**
 * Reads what an image is made of; of an index the wanted platform, else the first.
 *
 * Fails as the calls of `ImageContents` do.
 */
export async function readSide(
  contents: Registry["contents"],
  repository: string,
  digest: string,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<Side> {
  const found = await contents.readManifestText(repository, digest, signal);
  const manifest = found && parseImageManifest(found.text);
  const images = manifest?.entries.filter(({ attestsTo }) => attestsTo === undefined) ?? [];
  const chosen = images.find(({ platform }) => platform === wanted) ?? images[0];
  const own = chosen?.digest ?? digest;
  return {
    digest: own,
    platforms: images.flatMap(({ platform }) => platform ?? []),
    platform: chosen?.platform,
    contents: chosen
      ? await readContents(contents, repository, own, undefined, signal)
      : manifest && (await readContents(contents, repository, own, manifest, signal)),
  };
}

/** Reads the findings of an image in one piece. */
export async function readAllFindings(
  contents: Registry["contents"],
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<FindingsPage> {
  let all: FindingsPage | undefined;
  for await (const page of contents.listFindings(repository, digest, signal)) {
    all = addPage(all, page);
  }
  return all ?? NOTHING;
}

/** Joins a page of findings to those before it; what the last one says of the scan holds. */
export function addPage(before: FindingsPage | undefined, page: FindingsPage): FindingsPage {
  return before ? { ...page, findings: [...before.findings, ...page.findings] } : page;
}

const NOTHING: FindingsPage = {
  scan: { state: "none", note: undefined, completedAt: undefined, counts: {} },
  findings: [],
  isCut: false,
};
