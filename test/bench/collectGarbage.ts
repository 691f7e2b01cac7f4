/** Collects all garbage, so that the heap holds only what is in use; Node must run with `--expose-gc`. */
export function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error("run with --expose-gc");
  globalThis.gc({ type: "major", execution: "sync" });
}
