import * as vscode from "vscode";

/** Where a step stands in its wizard, for the title: `Push to ECR (2/4)`. */
export interface StepPosition {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** What a step's question came to. */
export type StepAnswer<T> =
  | { readonly kind: "answer"; readonly value: T }
  | { readonly kind: "back" }
  | { readonly kind: "cancelled" };

/** One question of a wizard, over the answers `S` given so far. */
export interface Step<S> {
  /** Whether there is something to ask; a step with one possible answer is skipped. */
  isNeeded(answers: S): boolean;
  /** Asks, and returns the answers with this one added. */
  ask(answers: S, position: StepPosition): Promise<StepAnswer<S>>;
}

/** Asks the steps in order, with Back to the one before; undefined when the user leaves. */
export async function runWizard<S>(
  title: string,
  steps: readonly Step<S>[],
  initial: S,
): Promise<S | undefined> {
  const history: { readonly index: number; readonly answers: S }[] = [];
  let answers = initial;
  let index = 0;
  for (;;) {
    const step = steps[index];
    if (!step) return answers;
    if (!step.isNeeded(answers)) {
      index += 1;
      continue;
    }
    const { length: asked } = history;
    const toAsk = steps.slice(index).filter((later) => later.isNeeded(answers)).length;
    const answer = await step.ask(answers, {
      title,
      step: asked + 1,
      totalSteps: asked + toAsk,
      canGoBack: asked > 0,
    });
    if (answer.kind === "cancelled") return undefined;
    if (answer.kind === "answer") {
      history.push({ index, answers });
      answers = answer.value;
      index += 1;
      continue;
    }
    const previous = history.pop();
    if (!previous) return undefined;
    ({ index, answers } = previous);
  }
}

/** Maps an answer and leaves Back and leaving as they are. */
export function mapAnswer<T, U>(answer: StepAnswer<T>, map: (value: T) => U): StepAnswer<U> {
  return answer.kind === "answer" ? { kind: "answer", value: map(answer.value) } : answer;
}

/** Gives a quick input its title, step count and Back button. */
export function place(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  position: StepPosition,
): void {
  input.title = position.title;
  // A count says nothing when there is only one question.
  if (position.totalSteps > 1) {
    input.step = position.step;
    input.totalSteps = position.totalSteps;
  }
  input.buttons = position.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  input.ignoreFocusOut = true;
}
