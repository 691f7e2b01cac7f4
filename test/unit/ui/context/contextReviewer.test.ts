import { beforeEach, describe, expect, it } from "vitest";
import type {
  ContextContents,
  MeasureContext,
} from "../../../../src/core/context/contextContents.js";
import { cancellation } from "../../../../src/core/errors.js";
import { withContextReview } from "../../../../src/ui/context/contextReviewer.js";
import { InMemoryMemento } from "../../../fakes/inMemoryMemento.js";
import { RecordingLog } from "../../../fakes/recordingLog.js";
import { window } from "../../../fakes/vscode.js";
import { eventually } from "../../../ui/eventually.js";

const REQUEST = { dockerfile: "/shop/Dockerfile", context: "/shop", platforms: [] };
const tree = {
  path: "",
  isFolder: true,
  state: "sent",
  files: 1,
  bytes: 10,
  children: [],
  rest: { entries: 0, files: 0, bytes: 0 },
} as const;
const harmless: ContextContents = {
  root: "/shop",
  ignoreFile: "/shop/.dockerignore",
  isWhole: false,
  sentBy: ["COPY ."],
  files: 1,
  bytes: 10,
  ignored: 0,
  tree,
  findings: [],
};
const secret = {
  path: ".env",
  isFolder: false,
  why: "environment-file",
  files: 1,
  bytes: 10,
} as const;

let log: RecordingLog;
let state: InMemoryMemento;
beforeEach(() => {
  log = new RecordingLog();
  state = new InMemoryMemento();
  window.shownPicks.clear();
});

/** Looks at a context to the end, as a build does. */
function review(measureContext: MeasureContext): Promise<void> {
  const ports = { measureContext, state, log };
  return withContextReview(ports, (look) => look(REQUEST, new AbortController().signal)());
}

/** The list that is open. */
function shown(): {
  title: string;
  placeholder: string;
  accept(label: string): void;
  hide(): void;
} {
  const [pick] = window.shownPicks;
  if (!pick) throw new Error("nothing is asked");
  return pick;
}

/** A measurement that goes on until the test ends it, or the one who waits. */
class SlowMeasure {
  end: (contents: ContextContents) => void = () => undefined;
  wasStopped = false;

  readonly measure: MeasureContext = (_request, report, signal) => {
    report({ files: 41_000, bytes: 3_000_000_000 });
    return new Promise((resolve, reject) => {
      this.end = resolve;
      signal.addEventListener("abort", () => {
        this.wasStopped = true;
        reject(cancellation());
      });
    });
  };
}

describe("a look at a context", { timeout: 60_000 }, () => {
  it("asks nothing about a harmless one", async () => {
    await review(() => Promise.resolve(harmless));
    expect(log.lines).toEqual([]);
    expect(window.shownPicks.size).toBe(0);
  });

  it("keeps nobody from building when it fails, and says so in the log", async () => {
    await review(() => Promise.reject(new Error("the disk is on fire")));
    expect(log.lines).toEqual([
      expect.stringMatching(/the build context was not measured: Error: the disk is on fire/),
    ]);
  });

  it("remembers what is sent anyway", async () => {
    const measure: MeasureContext = () => Promise.resolve({ ...harmless, findings: [secret] });
    const first = review(measure);
    await eventually(() => {
      expect(shown().title).toBe("Build context: 1 file · 10 B · sent by COPY .");
    });
    shown().accept("Send Anyway");
    await first;
    await review(measure);
    expect(window.shownPicks.size).toBe(0);
  });

  it.each([["Cancel"], [undefined]])("cancels what is not to be sent (%s)", async (row) => {
    const looking = review(() => Promise.resolve({ ...harmless, findings: [secret] }));
    await eventually(() => {
      shown();
    });
    if (row === undefined) shown().hide();
    else shown().accept(row);
    await expect(looking).rejects.toMatchObject({ name: "AbortError" });
  });

  it("shows how far it is when it takes long, and ends by itself", async () => {
    const slow = new SlowMeasure();
    const looking = review(slow.measure);
    await eventually(() => {
      expect(shown().placeholder).toBe("41,000 files · 3 GB so far");
    });
    slow.end(harmless);
    await looking;
    expect(window.shownPicks.size).toBe(0);
  });

  it("can be skipped when it takes long, and stops then", async () => {
    const slow = new SlowMeasure();
    const looking = review(slow.measure);
    await eventually(() => {
      shown();
    });
    shown().accept("Send Without Measuring");
    await looking;
    expect(slow.wasStopped).toBe(true);
    expect(log.lines).toEqual([]);
  });

  it("stops with the work that it belongs to", async () => {
    const slow = new SlowMeasure();
    const work = withContextReview({ measureContext: slow.measure, state, log }, (look) => {
      look(REQUEST, new AbortController().signal);
      return Promise.reject(new Error("no engine"));
    });
    await expect(work).rejects.toThrow("no engine");
    expect(slow.wasStopped).toBe(true);
  });
});
