import type * as vscode from "vscode";
import type { AcceptedContext } from "../../core/contextReview.js";

const STATE_KEY = "ecr.acceptedContexts";

/** Remembers what of each Dockerfile's context the user sent although it was worth a question. */
export class AcceptedContexts {
  constructor(private readonly state: vscode.Memento) {}

  /** Returns what was accepted for the Dockerfile at this path. */
  recall(dockerfile: string): AcceptedContext | undefined {
    const all = this.#all();
    return Object.hasOwn(all, dockerfile) ? all[dockerfile] : undefined;
  }

  async remember(dockerfile: string, accepted: AcceptedContext): Promise<void> {
    await this.state.update(STATE_KEY, { ...this.#all(), [dockerfile]: accepted });
  }

  #all(): Readonly<Record<string, AcceptedContext>> {
    return this.state.get(STATE_KEY, {});
  }
}
