import { describe, expect, it } from "vitest";
import type { TreeItem } from "vscode";
import { advanceSteps, type BuildSteps } from "../../../src/core/build/buildSteps.js";
import type { BuildEvent } from "../../../src/core/enginePorts.js";
import { pushNotBegun } from "../../../src/core/push/pushProgress.js";
import type { BuildRecord } from "../../../src/ui/buildHistory.js";
import { buildChildren, type BuildTreeNode, partChildren } from "../../../src/ui/buildNodes.js";
import {
  buildFailureRow,
  buildRow,
  buildTooltip,
  stageRow,
  statusRow,
  stepRow,
} from "../../../src/ui/buildRows.js";
import { after, stepSays } from "../../fakes/buildSays.js";

function record(changes: Partial<BuildRecord>, ...events: readonly BuildEvent[]): BuildRecord {
  const steps = events.reduce<BuildSteps>(advanceSteps, new Map());
  return {
    id: "build 1",
    name: "team/api:1.4.0",
    dockerfile: "/shop/Dockerfile",
    again: () => undefined,
    startedAt: after(0),
    endedAt: undefined,
    state: "running",
    progress: { ...pushNotBegun, steps },
    failure: undefined,
    digestUri: undefined,
    ...changes,
  };
}

function rowOf(node: BuildTreeNode): TreeItem {
  switch (node.kind) {
    case "build":
      throw new Error("a build is a root");
    case "build-stage":
      return stageRow(node);
    case "build-step":
      return stepRow(node, after(41));
    case "build-status":
      return statusRow(node);
    case "build-failure":
      return buildFailureRow(node);
  }
}

/** The rows below a build as lines, indented by their level. */
function shown(nodes: readonly BuildTreeNode[], indent = ""): string[] {
  return nodes.flatMap((node) => {
    const { iconPath, label, description } = rowOf(node);
    const icon = (iconPath as { id: string }).id;
    const text = [`${indent}${icon}:`, label, description].filter(isText).join(" ");
    const below =
      node.kind === "build-stage" || node.kind === "build-step" ? partChildren(node) : [];
    return [text, ...shown(below, `${indent}  `)];
  });
}

function isText(part: unknown): part is string {
  return typeof part === "string" && part !== "";
}

const make = { stage: "make", stageIndex: 0, total: 2 };
const last = { stage: "stage-1", stageIndex: 1, total: 1 };

describe("the rows of a build", () => {
  it("show stages, steps and parts, with states, times and bytes", () => {
    const build = record(
      {},
      stepSays("context", { name: "[internal] load build context" }),
      { type: "context", step: "context", sentBytes: 12e6, totalBytes: 420e6, files: 2 },
      stepSays("a", { place: { ...make, index: 1, text: "FROM python" }, state: "cached" }),
      stepSays("b", { place: { ...make, index: 2 }, state: "done", to: 0.42 }),
      stepSays("c", { place: { ...last, platform: "linux/arm64" }, state: "waiting" }),
      stepSays("e", { name: "exporting to image", state: "failed", to: 72, error: "no space" }),
    );
    expect(shown(buildChildren(build))).toEqual([
      "sync~spin: load build context 12 MB of 420 MB · 41 s",
      "  arrow-small-right: transferring context 12 MB of 420 MB",
      "layers: make 2 of 2 steps",
      "  history: FROM python cached",
      "  pass: RUN make 0.4 s",
      "layers: stage-1 linux/arm64 · 0 of 1 step",
      "  circle-outline: RUN make waiting",
      "error: exporting to image failed · 1 min 12 s",
    ]);
  });

  it("count the steps that a stage is told to have, once it is over", () => {
    const shared = stepSays("a", { place: { ...make, index: 2, total: 3 }, state: "done", to: 1 });
    const [node] = buildChildren(
      record({ state: "done" }, shared, stepSays("b", { place: last, state: "cached" })),
    );
    expect(node && rowOf(node).description).toBe("1 step");
  });

  it("have the steps of an only stage below the build", () => {
    const place = { index: 1, text: "FROM scratch", line: 3 };
    const [node] = buildChildren(record({}, stepSays("a", { place })));
    expect(node?.kind).toBe("build-step");
    expect(node && rowOf(node).command?.arguments).toEqual([
      { dockerfile: "/shop/Dockerfile", line: 3 },
    ]);
  });

  it("begin with the failure", () => {
    const failure = {
      kind: "build-failed",
      dockerfile: "/shop/Dockerfile",
      line: 3,
      step: "RUN make",
      message: "exit code: 2",
    } as const;
    const left = stepSays("a", { place: make, state: "waiting" });
    const rows = buildChildren(record({ failure, state: "failed" }, left));
    expect(shown(rows)).toEqual(["error: exit code: 2 line 3", "circle-outline: RUN make not run"]);
    expect(rows[0] && rowOf(rows[0]).tooltip).toMatch(/^The build failed at line 3 \(RUN make\)/);
  });

  it("keep their identity while the build goes on", () => {
    const before = record({}, stepSays("a", { place: make }), stepSays("b"));
    const later = record({}, stepSays("a", { place: make, state: "done", to: 1 }), stepSays("b"));
    const ids = (build: BuildRecord): unknown[] => buildChildren(build).map((n) => rowOf(n).id);
    expect(ids(later)).toEqual(ids(before));
    expect(new Set(ids(before)).size).toBe(2);
  });

  it.each<[Partial<BuildRecord>, string, string, string]>([
    [{}, "sync~spin", "build;running", "running"],
    [{ state: "done", endedAt: after(72) }, "pass", "build;finished", "done"],
    [
      { state: "done", endedAt: after(72), digestUri: "h/r@sha256:1" },
      "pass",
      "build;digest;finished",
      "done",
    ],
    [{ state: "failed", endedAt: after(72) }, "error", "build;finished", "failed"],
    [{ state: "cancelled", endedAt: after(72) }, "circle-slash", "build;finished", "cancelled"],
  ])("say the state of %j by icon, menu and words", (changes, icon, contextValue, words) => {
    const build = record(changes, stepSays("a", { place: { index: 2, total: 7 } }));
    const row = buildRow(build, after(72));
    expect((row.iconPath as { id: string }).id).toBe(icon);
    expect(row.contextValue).toBe(contextValue);
    const position = words === "running" ? "2/7 · " : "";
    expect(row.description).toMatch(new RegExp(`^${position}1 min 12 s · \\d+:\\d+`));
    expect(row.accessibilityInformation?.label).toMatch(`Build of team/api:1.4.0, ${words}, `);
    expect(buildTooltip(build).value).toContain("team/api");
  });
});
