import { EcrError } from "../core/errors.js";
import type { AskOidc, OidcAnswer } from "./oidcClient.js";

/** What polling for a token needs. */
export interface TokenPoll {
  readonly ask: AskOidc;
  readonly input: object;
  readonly intervalSeconds: number;
  readonly endsAt: Date;
  readonly now: () => Date;
  /** Waits so many seconds; rejects with a cancellation. */
  readonly wait: (seconds: number, signal: AbortSignal) => Promise<void>;
}

/** How much longer to wait each time that the service asks for patience, in seconds. */
const SLOW_DOWN_SECONDS = 5;

/** What a service that can't answer right now says instead of `slow_down`. */
const BUSY = new Set([429, 500, 502, 503, 504]);

/**
 * Asks for a token until somebody has confirmed the code, and returns the last answer; one that is
 * still pending when the code has ended says so.
 *
 * A connection that fails meanwhile, as on a train, is tried again like a slow answer; only when the
 * code has ended is it a failure.
 * Source: https://www.rfc-editor.org/rfc/rfc8628#section-3.5
 */
export async function pollToken(poll: TokenPoll, signal: AbortSignal): Promise<OidcAnswer> {
  let seconds = poll.intervalSeconds;
  for (;;) {
    await poll.wait(seconds, signal);
    const isLast = poll.now() >= poll.endsAt;
    const answer = await poll.ask("CreateToken", poll.input, signal).catch((error: unknown) => {
      if (isLast || !isUnreachable(error)) throw error;
      return undefined;
    });
    if (answer && "fields" in answer) return answer;
    const isPending = answer?.refusal.code === "authorization_pending";
    const isBusy =
      !answer || answer.refusal.code === "slow_down" || BUSY.has(answer.refusal.status);
    if (answer && !isPending && !isBusy) return answer;
    if (isLast) return { refusal: { code: "expired_token", description: "", status: 400 } };
    if (isBusy) seconds += SLOW_DOWN_SECONDS;
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof EcrError && error.failure.kind === "aws-unreachable";
}
