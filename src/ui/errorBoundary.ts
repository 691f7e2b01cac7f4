import * as vscode from "vscode";
import { asEcrError, EcrError, type Failure, isCancellation } from "../core/errors.js";
import { logFailure } from "./failureLog.js";
import type { RemedyActions } from "./failures/remedies.js";

/** The one place where a failure meets the user: a sentence, buttons, and the causes in the log. */
export class ErrorBoundary {
  /**
   * `onRefused` is told that AWS does not take a profile's credentials, so that they are read anew;
   * `signIn`
   * does what its button says, and tells whether the session is there.
   */
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly onRefused: (profile: string | undefined) => void,
    private readonly signIn: (profile: string | undefined) => Promise<boolean>,
  ) {}

  /** Runs `work`; a failure is shown, a cancellation is a short text in the status bar. */
  async run<T>(
    action: string,
    work: () => Promise<T>,
    actions: RemedyActions = {},
  ): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (isCancellation(error)) {
        this.log.info(`${action}: cancelled`);
        vscode.window.setStatusBarMessage(vscode.l10n.t("{0} cancelled", action), 3000);
        return undefined;
      }
      this.show(action, error, actions);
      return undefined;
    }
  }

  /** Shows a failure that happened already. */
  show(action: string, error: unknown, actions: RemedyActions = {}): void {
    logFailure(this.log, action, error);
    const known = asEcrError(error);
    const failure: Failure =
      known instanceof EcrError ? known.failure : { kind: "unexpected", message: known.message };
    if (isRefusal(failure)) this.onRefused(failure.profile);
    void this.#offer(failure, { ...this.signInAction(failure, actions.retry), ...actions });
  }

  /** Returns the action that signs in, and then tries again what needed it. */
  signInAction(failure: Failure, retry: RemedyActions["retry"]): RemedyActions {
    if (failure.kind !== "credentials-expired" && failure.kind !== "session-too-short") return {};
    const signIn = async (): Promise<void> => {
      const work = (): Promise<boolean> => this.signIn(failure.profile);
      const isSignedIn = await this.run(vscode.l10n.t("Sign In"), work, { retry: signIn });
      if (isSignedIn) await retry?.();
    };
    return { "sign-in": signIn };
  }

  async #offer(failure: Failure, actions: RemedyActions): Promise<void> {
    // Sentences and remedies are many, and most windows need none of them.
    const { offerRemedies } = await import("./failures/offerRemedies.js");
    await offerRemedies(failure, actions, this.log);
  }
}

function isRefusal(failure: Failure): failure is Failure & { profile: string | undefined } {
  const { kind } = failure;
  return kind.startsWith("credentials-") || kind === "profile-not-found";
}
