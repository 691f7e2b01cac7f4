/** Where an image will run, as people choose it once for each Dockerfile. */
export type RunTarget =
  | "containers-amd64"
  | "containers-arm64"
  | "lambda-amd64"
  | "lambda-arm64"
  | "sagemaker"
  | "anything";

/** What a place asks of an image. */
export interface RunTargetRules {
  /** The platform that it runs; undefined where nobody said. */
  readonly platform: string | undefined;
  /**
   * Which manifests it takes: `single` is one image and no index, and so none with attestations;
   * `docker` is that, in Docker's own media type.
   */
  readonly manifest: "any" | "single" | "docker";
}

/** Why an image can't run where it is meant to. */
export type Misfit =
  | { readonly found: "platforms"; readonly platforms: readonly string[] }
  | { readonly found: "index" }
  | { readonly found: "media-type"; readonly mediaType: string };

/** The manifest of one image as Docker writes it. */
export const DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

/**
 * What each place asks for.
 *
 * Sources: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html,
 * https://github.com/aws/amazon-sagemaker-feedback/issues/180
 */
const RULES: Readonly<Record<RunTarget, RunTargetRules>> = {
  "containers-amd64": { platform: "linux/amd64", manifest: "any" },
  "containers-arm64": { platform: "linux/arm64", manifest: "any" },
  "lambda-amd64": { platform: "linux/amd64", manifest: "single" },
  "lambda-arm64": { platform: "linux/arm64", manifest: "single" },
  sagemaker: { platform: "linux/amd64", manifest: "docker" },
  anything: { platform: undefined, manifest: "any" },
};

/** All places, in the order in which they are offered. */
export const RUN_TARGETS = Object.keys(RULES).filter(isRunTarget);

/** Tells whether text, such as from a file of settings, names a place. */
export function isRunTarget(text: string): text is RunTarget {
  return Object.hasOwn(RULES, text);
}

/** Returns what a place asks of an image. */
export function rulesOf(target: RunTarget): RunTargetRules {
  return RULES[target];
}

/** Returns the platforms to build for a place; none stands for the engine's own. */
export function platformsFor(target: RunTarget): readonly string[] {
  const { platform } = RULES[target];
  return platform === undefined ? [] : [platform];
}

/** Says why an image of these platforms can't run there; an empty list is one nobody knows. */
export function findPlatformMisfit(
  target: RunTarget,
  platforms: readonly string[],
): Misfit | undefined {
  const { platform, manifest } = RULES[target];
  if (platform === undefined || platforms.length === 0) return undefined;
  const isTooMany = manifest !== "any" && platforms.length > 1;
  const fits = platforms.some((each) => withoutVariant(each) === platform);
  return fits && !isTooMany ? undefined : { found: "platforms", platforms };
}

/** Says why an image with a manifest of this media type can't run there. */
export function findManifestMisfit(
  target: RunTarget,
  { isIndex, mediaType }: { readonly isIndex: boolean; readonly mediaType: string | undefined },
): Misfit | undefined {
  const { manifest } = RULES[target];
  if (manifest === "any") return undefined;
  if (isIndex) return { found: "index" };
  if (manifest === "single" || mediaType === undefined || mediaType === DOCKER_MANIFEST) {
    return undefined;
  }
  return { found: "media-type", mediaType };
}

/** Every ARM64 processor is a v8, which some engines say and some don't. */
function withoutVariant(platform: string): string {
  return platform.split("/").slice(0, 2).join("/");
}
