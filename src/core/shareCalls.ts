/** Makes calls for one key share the one that is under way: its result, and its failure. */
export function shareCalls<Key, Result>(
  work: (key: Key) => Promise<Result>,
): (key: Key) => Promise<Result> {
  const pending = new Map<Key, Promise<Result>>();
  return (key) => {
    const running =
      pending.get(key) ??
      work(key).finally(() => {
        pending.delete(key);
      });
    pending.set(key, running);
    return running;
  };
}
