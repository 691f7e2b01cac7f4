import type { AgeSource, LifecycleRule } from "./lifecyclePolicy.js";
import type { ImageRecord, LifecycleAction } from "./records.js";
import { wildcardPattern } from "./tagRules.js";

const dayMs = 86_400_000;

/**
 * Tells what a policy would do to some images, oldest first.
 *
 * An image belongs to the first rule whose tags it matches: a later rule counts it but leaves it
 * alone. What an index holds stays while the index does.
 *
 * @param rules The rules by priority.
 * @param now The instant that ages end at, in epoch milliseconds.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export function previewLifecycle(
  rules: readonly LifecycleRule[],
  images: readonly ImageRecord[],
  now: number,
): LifecycleAction[] {
  const held = new Set(images.flatMap((image) => image.children ?? []));
  const claimed = new Set<string>();
  const actions = new Map<string, LifecycleAction>();
  for (const rule of rules) {
    const matching = images.filter((image) => matchesRule(rule, image));
    for (const image of selectByCount(rule, matching, now)) {
      const { digest } = image;
      if (claimed.has(digest) || held.has(digest)) continue;
      actions.set(digest, { digest, priority: rule.priority, action: rule.action });
    }
    for (const image of matching) claimed.add(image.digest);
  }
  return images
    .toSorted((a, b) => a.pushedAt - b.pushedAt || a.sequence - b.sequence)
    .flatMap((image) => actions.get(image.digest) ?? []);
}

function matchesRule(rule: LifecycleRule, image: ImageRecord): boolean {
  const storageClass = image.status === "ARCHIVED" ? "ARCHIVE" : "STANDARD";
  if (rule.storageClass !== storageClass) return false;
  switch (rule.tagStatus) {
    case "any":
      return true;
    case "untagged":
      return image.tags.length === 0;
    case "tagged":
      return rule.tagPatterns.every((pattern) => {
        const expression = wildcardPattern(pattern);
        return image.tags.some((tag) => expression.test(tag));
      });
  }
}

function selectByCount(
  { count }: LifecycleRule,
  images: readonly ImageRecord[],
  now: number,
): readonly ImageRecord[] {
  switch (count.kind) {
    case "more-than":
      return images
        .toSorted((a, b) => b.pushedAt - a.pushedAt || b.sequence - a.sequence)
        .slice(count.images);
    case "older-than":
      return images.filter((image) => now - ageStart(image, count.since) > count.days * dayMs);
  }
}

/** An image that was never pulled is as old as its push; one never archived has no such age. */
function ageStart(image: ImageRecord, since: AgeSource): number {
  switch (since) {
    case "sinceImagePushed":
      return image.pushedAt;
    case "sinceImagePulled":
      return image.pulledAt ?? image.pushedAt;
    case "sinceImageTransitioned":
      return image.archivedAt ?? Infinity;
  }
}
