import { beforeEach, describe, expect, it } from "vitest";
import { cancellation, EcrError } from "../../../src/core/errors.js";
import { advance, pushNotBegun } from "../../../src/core/push/pushProgress.js";
import { BuildHistory, type RunningBuild } from "../../../src/ui/buildHistory.js";
import { after, stepSays } from "../../fakes/buildSays.js";

let history: BuildHistory;
let changes: (string | undefined)[];
beforeEach(() => {
  history = new BuildHistory();
  changes = [];
  history.onDidChange((id) => changes.push(id));
});

function start(name = "team/api:1"): RunningBuild {
  return history.start({ name, dockerfile: "/shop/Dockerfile", again: () => undefined });
}

const states = (): string[] => history.builds.map(({ name, state }) => `${name} ${state}`);

describe("the builds of a window", () => {
  it("are told newest first, with how they ended", () => {
    start("a").succeed("h/a@sha256:1");
    start("b").fail(new EcrError({ kind: "stream-truncated", operation: "build" }));
    start("c").fail(cancellation());
    start("d");
    expect(states()).toEqual(["d running", "c cancelled", "b failed", "a done"]);
    expect(history.builds.map(({ digestUri }) => digestUri).at(-1)).toBe("h/a@sha256:1");
    expect(history.builds[2]?.failure?.kind).toBe("stream-truncated");
    expect(history.builds[1]?.failure).toBeUndefined();
  });

  it("end the steps that ran when they fail", () => {
    const build = start();
    build.advance(advance(pushNotBegun, stepSays("a"), after(0)));
    build.fail(new EcrError({ kind: "stream-truncated", operation: "build" }));
    expect(history.builds[0]?.progress.steps.get("a")?.state).toBe("failed");
  });

  it("tell which of them changed, and say nothing when nothing did", () => {
    const build = start();
    const id = history.builds[0]?.id;
    const progress = advance(pushNotBegun, stepSays("a"), after(0));
    build.advance(progress);
    build.advance(progress);
    expect(changes).toEqual([undefined, id]);
  });

  it("remember and tell what they write", () => {
    const build = start();
    const id = history.builds[0]?.id ?? "";
    const told: unknown[] = [];
    history.onDidWrite((event) => told.push(event));
    build.write(["one", "two"]);
    build.write([]);
    expect(told).toEqual([{ id, lines: ["one", "two"] }]);
    expect(history.readOutput(id)).toEqual(["one", "two"]);
    expect(history.readOutput("gone")).toEqual([]);
  });

  it("are cancelled one by one", () => {
    const [first, second] = [start(), start()];
    history.cancel(history.builds[0]?.id ?? "");
    expect([first.signal.aborted, second.signal.aborted]).toEqual([false, true]);
  });

  it("are forgotten when they have ended and are cleared", () => {
    start("a").succeed(undefined);
    const running = start("b");
    history.clearFinished();
    expect(states()).toEqual(["b running"]);
    running.succeed(undefined);
    history.clearFinished();
    running.advance(pushNotBegun);
    expect(states()).toEqual([]);
  });

  it("are remembered up to a bound, and never forgotten while they run", () => {
    const running = start("running");
    for (let index = 0; index < 40; index++) start(`b${index}`).succeed(undefined);
    expect(states()).toHaveLength(25);
    expect(states()[0]).toBe("b39 done");
    expect(states().at(-1)).toBe("running running");
    running.succeed(undefined);
  });
});
