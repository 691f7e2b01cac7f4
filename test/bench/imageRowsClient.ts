import { makeOpenRegistry } from "../../src/aws/openRegistry.js";
import { findImages } from "../../src/core/images/findImages.js";
import { ImageIndex } from "../../src/core/images/imageIndex.js";
import type { Repository } from "../../src/core/registry.js";
import { takeTurns } from "../../src/core/takeTurns.js";
import { ImageReading } from "../../src/ui/explorer/imageReading.js";
import { imageRows } from "../../src/ui/explorer/imageRows.js";
import { localProfile, localRegion } from "../playground/writeAwsConfig.js";
import { BlockMonitor } from "./blockMonitor.js";
import { collectGarbage } from "./collectGarbage.js";

/*
 * Reads the images of a repository as the tree does, with what Find Image… knows of them, then
 * filters, sorts and finds them, and writes what that cost as JSON: the heap in millions of bytes,
 * and for how long a key or an order held the event loop at most, in ms that the thread worked.
 */
const [, , name = ""] = process.argv;
const location = { profile: localProfile, region: localRegion, endpoint: undefined };
const { signal } = new AbortController();
/** What somebody types, key by key: most tags fit at first, and digests only are looked at last. */
const TYPED = ["v4217", "3fa2b"];

// Loading code, connecting and reading the AWS files are no part of it.
const registry = makeOpenRegistry()(location);
const repository = await registry.findRepository(name, signal);
if (!repository) throw new Error(`there is no ${name}`);
collectGarbage();
const heapBefore = process.memoryUsage().heapUsed;
const index = new ImageIndex();
const reading = await readAll(repository);
collectGarbage();
const heapMb = (process.memoryUsage().heapUsed - heapBefore) / 1e6;
const keys = TYPED.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));

const filterMs = await longest(keys, (text) => {
  reading.setFilter(text);
});
reading.setFilter("");
const sortMs = await longest(["tag", "newest", "tag"] as const, (order) => reading.sort(order));
const findMs = await longest(keys, async (text) => {
  await findImages(text, { index, pace: takeTurns() }, signal);
});
const rows = index.progress.images;
console.log(JSON.stringify({ rows, heapMb, filterMs, sortMs, findMs }));
process.exit(reading.known === rows ? 0 : 1);

async function readAll(found: Repository): Promise<ImageReading> {
  const sink = index.sink({ location, repository: found });
  let begun: ImageReading | undefined;
  await new Promise<void>((resolve, reject) => {
    const leave = (): void => {
      reject(new Error("the images could not be read"));
    };
    const end = (): void => {
      sink.end();
      resolve();
    };
    begun = new ImageReading({
      open: () => Promise.resolve(registry),
      repository: found.name,
      onMore: () => undefined,
      pages: { ...sink, leave, end },
    });
  });
  if (!begun) throw new Error("nothing was read");
  return begun;
}

/** Does something for each value and draws the rows, and returns the longest hold of them all. */
async function longest<T>(
  values: readonly T[],
  act: (value: T) => Promise<void> | void,
): Promise<number> {
  let most = 0;
  for (const value of values) {
    const monitor = new BlockMonitor();
    await act(value);
    drawRows();
    most = Math.max(most, monitor.stop().workMs);
    // What the figure's own work leaves is no part of the next one.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return most;
}

function drawRows(): void {
  if (!repository) return;
  imageRows({ kind: "repository", location, repository }, reading);
}
