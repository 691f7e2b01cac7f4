import type * as vscode from "vscode";
import type { AcceptedContext } from "../../core/context/contextReview.js";

const STATE_KEY = "ecr.acceptedContexts";

/** Remembers what of each Dockerfile's context the user sent although it was worth a question. */
export class AcceptedContexts {
  constructor(private readonly state: vscode.Memento) {}

  /** Returns what was accepted for the Dockerfile at this path; damaged memories count for none. */
  recall(dockerfile: string): AcceptedContext | undefined {
    const all = this.#all();
    const kept = Object.hasOwn(all, dockerfile) ? all[dockerfile] : undefined;
    if (!isRecord(kept)) return undefined;
    const { bytes, findings } = kept;
    const isList = Array.isArray(findings) && findings.every((path) => typeof path === "string");
    return typeof bytes === "number" && isList ? { bytes, findings } : undefined;
  }

  async remember(dockerfile: string, accepted: AcceptedContext): Promise<void> {
    await this.state.update(STATE_KEY, { ...this.#all(), [dockerfile]: accepted });
  }

  #all(): Readonly<Record<string, unknown>> {
    const all: unknown = this.state.get(STATE_KEY);
    return isRecord(all) ? all : {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
