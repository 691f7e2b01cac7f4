import * as vscode from "vscode";
import { cancellation, EcrError } from "../../core/errors.js";
import { isSamePolicy } from "../../core/repositories/lifecycle/isSamePolicy.js";
import type { Registry } from "../../core/ports.js";
import { withSlowProgress } from "../manage/slowProgress.js";
import { outcomeDetail, outcomeText } from "./outcomeText.js";
import type { LifecycleSubject } from "./lifecycleUri.js";
import { type PolicyOutcome, readOutcome } from "./readOutcome.js";

/**
 * Puts a lifecycle policy once somebody has agreed to what it would do; an empty text deletes it.
 *
 * `base` is what AWS had when the document was read: what changed since is not overwritten unasked.
 * Returns what AWS has now; rejects with a cancellation where nothing was changed.
 */
export async function savePolicy(
  registry: Registry,
  { repository }: LifecycleSubject,
  text: string,
  base: string | undefined,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const { rules } = registry;
  const signal = AbortSignal.timeout(60_000);
  const current = await rules.readLifecyclePolicy(repository, signal);
  if (isSamePolicy(current, text)) return current;
  if (!isSamePolicy(current, base)) await askOverwrite(repository, current);
  if (text.trim() === "") {
    await askDelete(repository);
    await rules.deleteLifecyclePolicy(repository, AbortSignal.timeout(60_000));
    note(t("{0} has no lifecycle policy any more.", repository));
    return undefined;
  }
  const outcome = await withSlowProgress(
    t("Lifecycle policy of {0}", repository),
    (report, running) => readOutcome(registry, repository, text, report, running),
  ).catch(withoutPreview);
  await askPut(repository, outcome);
  // Somebody else may have put one while this one was being looked at.
  const latest = await rules.readLifecyclePolicy(repository, AbortSignal.timeout(60_000));
  if (!isSamePolicy(latest, current)) await askOverwrite(repository, latest);
  await rules.putLifecyclePolicy(repository, text, AbortSignal.timeout(60_000));
  note(t("The lifecycle policy of {0} is put.", repository));
  return text;
}

/** Who may put a policy but not try it out still may; the question says that nobody knows. */
function withoutPreview(error: unknown): undefined {
  if (error instanceof EcrError && error.failure.kind === "access-denied") return undefined;
  throw error;
}

async function askOverwrite(repository: string, current: string | undefined): Promise<void> {
  const { t } = vscode.l10n;
  const message =
    current === undefined
      ? t("The lifecycle policy of {0} was deleted on AWS meanwhile.", repository)
      : t("The lifecycle policy of {0} was changed on AWS meanwhile.", repository);
  const detail = current === undefined ? "" : t("On AWS now:\n{0}", shortened(current));
  await ask(message, detail, t("Overwrite"));
}

/** Deletes the lifecycle policy of a repository once somebody has agreed. */
export async function askDelete(repository: string): Promise<void> {
  const { t } = vscode.l10n;
  await ask(
    t("Delete the lifecycle policy of {0}?", repository),
    t("Its images stay until somebody deletes them."),
    t("Delete Policy"),
  );
}

async function askPut(repository: string, outcome: PolicyOutcome | undefined): Promise<void> {
  const { t } = vscode.l10n;
  if (outcome === undefined) {
    await ask(
      t("Put the lifecycle policy of {0} unseen?", repository),
      t("What it would do is not known: trying it out takes ecr:StartLifecyclePolicyPreview."),
      t("Put Policy"),
    );
    return;
  }
  await ask(outcomeText(outcome), outcomeDetail(repository, outcome), t("Put Policy"));
}

async function ask(message: string, detail: string, button: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
  if (answer !== button) throw cancellation();
}

function note(text: string): void {
  vscode.window.setStatusBarMessage(text, 5000);
}

function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
