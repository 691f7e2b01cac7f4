import { cancellation } from "../core/errors.js";

/**
 * Waits for the work, or rejects with a cancellation as soon as the signal asks for it.
 *
 * The SDK stops its requests on an abort, but not the reading of credentials before them: a
 * credential process or a single sign-on call may go on for long, and then ends unheard.
 */
export async function untilAborted<T>(signal: AbortSignal, start: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw cancellation();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      reject(cancellation());
    };
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([start(), aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
