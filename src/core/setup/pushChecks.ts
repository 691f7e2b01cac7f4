import type { ContextContents } from "../context/contextContents.js";
import { isSerious } from "../context/contextFinding.js";
import type { EngineDescription } from "../enginePorts.js";
import type { Registry } from "../ports.js";
import type { FoundPlace } from "../push/pushPlace.js";
import type { PushRequest } from "../push/pushRequest.js";
import { isTagImmutable } from "../registry.js";
import { findPlatformMisfit, type RunTarget } from "../push/runTarget.js";
import { nextVersion } from "../push/tagSuggestions.js";
import type { TagFact, Verdict } from "./check.js";

/** Where the last push of a Dockerfile went, and what for. */
export type LastPush = Pick<PushRequest, "repository" | "tags" | "create" | "platforms"> & {
  readonly runsOn: RunTarget;
  /** How long it took; undefined where none has ended well. */
  readonly tookMs: number | undefined;
};

/** Says whether the repository is there, or what makes it. */
export function judgeRepository(
  { repository: name }: LastPush,
  { place }: FoundPlace,
): Verdict<"repository"> {
  const is = place?.repository ? "there" : place ? "made-by-template" : "made-by-push";
  const facts = { name, is, tagMutability: place?.tagMutability } as const;
  return { state: is === "there" ? "ok" : "note", facts };
}

/** Says what the tags would meet, and which version is free. */
export async function checkTagsOf(
  registry: Registry,
  { repository, tags }: LastPush,
  { place, before }: FoundPlace,
  signal: AbortSignal,
): Promise<Verdict<"tags">> {
  const mutability = place?.tagMutability;
  const facts = tags.map((tag): TagFact => {
    if (!before.has(tag) || !mutability) return { tag, state: "free" };
    return { tag, state: isTagImmutable(mutability, tag) ? "locked" : "moves" };
  });
  const nextFree = await findFreeVersion(registry, repository, tags, before, signal);
  const all = { tags: facts, nextFree };
  const locked = facts.find(({ state }) => state === "locked");
  if (locked) {
    const { tag } = locked;
    return { state: "failed", failure: { kind: "tag-immutable", repository, tag }, facts: all };
  }
  return { state: facts.some(({ state }) => state === "moves") ? "note" : "ok", facts: all };
}

/** The version after a taken one may be taken as well, but seldom many in a row. */
const MAX_TRIED = 5;

async function findFreeVersion(
  registry: Registry,
  repository: string,
  tags: readonly string[],
  before: FoundPlace["before"],
  signal: AbortSignal,
): Promise<string | undefined> {
  let version = nextVersion(tags.filter((tag) => before.has(tag)));
  for (let tried = 0; version !== undefined && tried < MAX_TRIED; tried += 1) {
    if (!(await registry.findImage(repository, { tag: version }, signal))) return version;
    version = nextVersion([version]);
  }
  return undefined;
}

/** Holds what is built for against where it will run, and against the engine's own platform. */
export function judgePlatform(
  { runsOn, platforms, repository, tags }: LastPush,
  { platform: enginePlatform }: EngineDescription,
): Verdict<"platform"> {
  const facts = { runsOn, platforms, enginePlatform };
  const built = platforms.length > 0 ? platforms : [enginePlatform];
  const misfit = findPlatformMisfit(runsOn, built);
  if (misfit) {
    const name = `${repository}:${tags.join(", ")}`;
    const failure = {
      kind: "run-target-unfit",
      name,
      target: runsOn,
      misfit,
      isPushed: false,
    } as const;
    return { state: "failed", failure, facts };
  }
  const isForeign = built.some((platform) => !enginePlatform.startsWith(platform));
  return { state: isForeign ? "note" : "ok", facts };
}

/** Says what a build would send. */
export function judgeContext(
  { files, bytes, findings }: ContextContents,
  limitBytes: number,
): Verdict<"context"> {
  const secrets = findings.filter(isSerious).map(({ path }) => path);
  const isLarge = limitBytes > 0 && bytes > limitBytes;
  const state = isLarge || secrets.length > 0 ? "warning" : "ok";
  return { state, facts: { files, bytes, secrets, isLarge } };
}
