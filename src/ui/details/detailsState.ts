import type {
  DetailsParts,
  Outcome,
  PlatformParts,
} from "../../core/images/imageDetails/readDetails.js";
import type { ManifestEntry } from "../../core/images/manifest.js";

/** How the reading of an image's details stands. Replaced, never changed. */
export interface DetailsState {
  readonly isReading: boolean;
  /** Whether ECR says that the image is not there. */
  readonly isGone: boolean;
  /** Whether values that may hold secrets were asked for. */
  readonly showsValues: boolean;
  readonly parts: Known<DetailsParts>;
  /** The digest of the platform that is shown; the image's own where it is no index. */
  readonly platform: string | undefined;
  readonly platformParts: Known<PlatformParts>;
  readonly isReadingFindings: boolean;
}

/** Parts that were told so far. */
export type Known<Parts> = { readonly [Id in keyof Parts]?: Outcome<Parts[Id]> };

/** The sections of the page, in their order. */
export type SectionId =
  "image" | "platforms" | "run" | "layers" | "findings" | "referrers" | "lifecycle";

/** Returns the sections that there are to show. */
export function listSections(state: DetailsState): readonly SectionId[] {
  if (state.isGone && valueOf(state.parts.image) === undefined) return [];
  const isIndex = entriesOf(state).length > 0;
  return [
    "image",
    ...(isIndex ? (["platforms"] as const) : []),
    ...(["run", "layers", "findings", "referrers", "lifecycle"] as const),
  ];
}

/** Returns what an index holds; nothing for a single image, or while that is not known. */
export function entriesOf({ parts }: DetailsState): readonly ManifestEntry[] {
  return valueOf(parts.manifest)?.entries ?? [];
}

/** Returns the value of a part that is known. */
export function valueOf<T>(outcome: Outcome<T> | undefined): T | undefined {
  return outcome?.state === "known" ? outcome.value : undefined;
}

/** Returns how the part of a section came out; undefined for sections that are none, or not read. */
export function outcomeOf(
  { parts, platformParts }: DetailsState,
  section: string,
): Outcome<unknown> | undefined {
  const outcomes: Readonly<Record<SectionId, Outcome<unknown> | undefined>> = {
    image: parts.image,
    platforms: parts.manifest,
    run: platformParts.contents,
    layers: platformParts.contents,
    findings: platformParts.findings,
    referrers: parts.referrers,
    lifecycle: parts.expiry,
  };
  return Object.entries(outcomes).find(([id]) => id === section)?.[1];
}
