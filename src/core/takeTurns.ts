/** How long work may hold the event loop before it is others' turn. */
const SLICE_MS = 10;

/** Returns a function for long work to wait on now and then: it lets others have their turn. */
export function takeTurns(): () => Promise<void> {
  let begunAt = performance.now();
  return async () => {
    if (performance.now() - begunAt < SLICE_MS) return;
    await new Promise((resolve) => setTimeout(resolve));
    begunAt = performance.now();
  };
}
