import * as vscode from "vscode";
import type {
  LifecycleEffect,
  LifecyclePreview,
} from "../../core/repositories/lifecycle/lifecyclePreview.js";
import { previewLifecycle } from "../../core/repositories/lifecycle/previewLifecycle.js";
import type { Registry } from "../../core/ports.js";

/** What a lifecycle policy would do, with sizes. */
export interface PolicyOutcome extends LifecyclePreview {
  /** Compressed bytes of each image, where ECR tells them. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** Tries a lifecycle policy out to the end, and reads how large the images are that it meets. */
export async function readOutcome(
  registry: Registry,
  repository: string,
  policy: string,
  report: (message: string) => void,
  signal: AbortSignal,
): Promise<PolicyOutcome> {
  const { t } = vscode.l10n;
  report(t("ECR tries it out"));
  let found: LifecyclePreview = { expiring: 0, archiving: 0, effects: [], isComplete: true };
  for await (const preview of previewLifecycle(registry.rules, repository, policy, signal)) {
    found = preview;
    const total = preview.expiring + preview.archiving;
    report(t("{0} of {1} images it would meet", preview.effects.length, total));
  }
  const wanted = new Set(found.effects.map(({ digest }) => digest));
  const sizes = new Map<string, number>();
  if (wanted.size === 0) return { ...found, sizes };
  for await (const page of registry.listImages(repository, signal)) {
    for (const { digest, sizeBytes } of page) {
      if (sizeBytes !== undefined && wanted.has(digest)) sizes.set(digest, sizeBytes);
    }
    report(t("Sizes of {0} of {1} images", sizes.size, wanted.size));
    if (sizes.size === wanted.size) break;
  }
  return { ...found, sizes };
}

/** Adds up the images that a policy would expire, or archive; an upper limit, as layers are shared. */
export function outcomeBytes(
  { effects, sizes }: Pick<PolicyOutcome, "effects" | "sizes">,
  wanted: LifecycleEffect["effect"],
): number {
  return effects
    .filter(({ effect }) => effect === wanted)
    .reduce((sum, { digest }) => sum + (sizes.get(digest) ?? 0), 0);
}
