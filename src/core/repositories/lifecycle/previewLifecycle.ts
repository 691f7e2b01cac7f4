import { EcrError } from "../../errors.js";
import { pause } from "../../pause.js";
import type { RepositoryRules } from "../repositoryRules.js";
import { isSamePolicy } from "./isSamePolicy.js";
import type { LifecycleEffect, LifecyclePreview, PreviewLook } from "./lifecyclePreview.js";

/** What trying out a policy needs of a registry. */
export type PreviewRules = Pick<
  RepositoryRules,
  "startLifecyclePreview" | "lookAtLifecyclePreview"
>;

/** The first pause between two looks; each is twice as long as the one before, up to the longest. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;
/** How often ECR is asked before it counts as too slow: about ten minutes. */
const MOST_LOOKS = 125;

/**
 * Tries out a lifecycle policy, and yields what it would do as page after page comes in.
 *
 * Nothing is changed. Waits while ECR is at work, on this policy or on somebody else's. Fails with
 * `lifecycle-policy-rejected` or `lifecycle-preview-failed`.
 */
export async function* previewLifecycle(
  rules: PreviewRules,
  repository: string,
  policy: string,
  signal: AbortSignal,
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void> = pause,
): AsyncGenerator<LifecyclePreview, void> {
  const patience = new Patience(repository, (milliseconds) => wait(milliseconds, signal));
  await start(rules, repository, policy, signal, patience);
  let look = await finish(rules, repository, signal, patience);
  let effects: readonly LifecycleEffect[] = [];
  for (;;) {
    // ECR keeps one preview of a repository, and anybody may begin another one.
    if (look.state !== "done" || !isSamePolicy(look.policy, policy)) {
      throw new EcrError({ kind: "lifecycle-preview-failed", repository, why: "replaced" });
    }
    const { expiring, archiving, nextToken } = look;
    effects = [...effects, ...look.effects];
    yield { expiring, archiving, effects, isComplete: nextToken === undefined };
    if (nextToken === undefined) return;
    look = await rules.lookAtLifecyclePreview(repository, nextToken, signal);
  }
}

async function start(
  rules: PreviewRules,
  repository: string,
  policy: string,
  signal: AbortSignal,
  patience: Patience,
): Promise<void> {
  for (;;) {
    try {
      await rules.startLifecyclePreview(repository, policy, signal);
      return;
    } catch (error) {
      const isBusy = error instanceof EcrError && error.failure.kind === "lifecycle-preview-busy";
      if (!isBusy) throw error;
      await patience.take();
    }
  }
}

async function finish(
  rules: PreviewRules,
  repository: string,
  signal: AbortSignal,
  patience: Patience,
): Promise<PreviewLook> {
  for (;;) {
    const look = await rules.lookAtLifecyclePreview(repository, undefined, signal);
    if (look.state === "gave-up") {
      throw new EcrError({ kind: "lifecycle-preview-failed", repository, why: "gave-up" });
    }
    if (look.state !== "at-work") return look;
    await patience.take();
  }
}

/** Waits longer each time, and not for ever. */
class Patience {
  #looks = 0;
  #nextMs = FIRST_PAUSE_MS;

  constructor(
    private readonly repository: string,
    private readonly wait: (milliseconds: number) => Promise<void>,
  ) {}

  async take(): Promise<void> {
    if (++this.#looks > MOST_LOOKS) {
      const { repository } = this;
      throw new EcrError({ kind: "lifecycle-preview-failed", repository, why: "too-slow" });
    }
    await this.wait(this.#nextMs);
    this.#nextMs = Math.min(LONGEST_PAUSE_MS, this.#nextMs * 2);
  }
}
