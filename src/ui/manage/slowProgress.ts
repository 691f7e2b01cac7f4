import { withCancellableProgress } from "../cancellableProgress.js";

/** Work that takes less shows no progress: a notification that flashes says nothing. */
const PATIENCE_MS = 700;

/** Runs `work`, and shows it as a cancellable notification once it takes long. */
export async function withSlowProgress<T>(
  title: string,
  work: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let last: string | undefined;
  let show: ((message: string) => void) | undefined;
  const report = (message: string): void => {
    last = message;
    show?.(message);
  };
  const running = work(report, controller.signal);
  const isDone = await Promise.race([settled(running), pause(PATIENCE_MS)]);
  if (isDone) return await running;
  return await withCancellableProgress(title, async (reportNow, signal) => {
    show = reportNow;
    if (last !== undefined) reportNow(last);
    signal.addEventListener("abort", () => {
      controller.abort();
    });
    return await running;
  });
}

function settled(running: Promise<unknown>): Promise<boolean> {
  return running.then(
    () => true,
    () => true,
  );
}

function pause(milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds, false);
  });
}
