import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  mountedAgents,
  mountedSecrets,
  neededStages,
  settableArgs,
} from "../../../src/core/build/dockerfileOutline.js";
import {
  parseOutline,
  readOutline,
  tryReadOutline,
} from "../../../src/docker/dockerfileOutline.js";

const SHOP = `# syntax=docker/dockerfile:1
# The version of Node
ARG NODE=20
ARG REGISTRY

# installs what the shop needs
# and no more
FROM --platform=$BUILDPLATFORM \${REGISTRY}/node:$NODE AS Deps
# The token of the package registry
ARG CHANNEL=stable
ARG TARGETARCH
RUN --mount=type=secret,id=npm,required \\
  # a note inside
    --mount=type=ssh \\
    --mount=type=cache,target=/root/.npm npm ci

FROM deps AS build
ARG CHANNEL
RUN --mount=type=secret,target=/root/.aws/credentials make
from scratch
copy --from=build /out /
COPY --from=0 /licence /
`;

describe("parseOutline", () => {
  const outline = parseOutline(SHOP);

  it("finds the stages, what they begin with and what stands above them", () => {
    expect(
      outline.stages.map(({ index, name, line, base, platform, comment, needs }) => [
        index,
        name,
        line,
        base,
        platform,
        comment,
        needs,
      ]),
    ).toEqual([
      [
        0,
        "Deps",
        8,
        "${REGISTRY}/node:$NODE",
        "$BUILDPLATFORM",
        "installs what the shop needs and no more",
        [],
      ],
      [1, "build", 17, "deps", undefined, undefined, [0]],
      [2, undefined, 20, "scratch", undefined, undefined, [1, 0]],
    ]);
  });

  it("finds the arguments once each, with default, place and description", () => {
    expect(outline.args).toEqual([
      {
        name: "NODE",
        defaultValue: "20",
        line: 3,
        isGlobal: true,
        stages: [0],
        comment: "The version of Node",
      },
      {
        name: "REGISTRY",
        defaultValue: undefined,
        line: 4,
        isGlobal: true,
        stages: [0],
        comment: undefined,
      },
      {
        name: "CHANNEL",
        defaultValue: "stable",
        line: 10,
        isGlobal: false,
        stages: [0, 1],
        comment: "The token of the package registry",
      },
      {
        name: "TARGETARCH",
        defaultValue: undefined,
        line: 11,
        isGlobal: false,
        stages: [0],
        comment: undefined,
      },
    ]);
  });

  it("finds secrets and agents with the line of their step", () => {
    expect(outline.stages.map(({ secrets, agents }) => [secrets, agents])).toEqual([
      [
        [{ id: "npm", isRequired: true, line: 12 }],
        [{ id: "default", isRequired: false, line: 12 }],
      ],
      [[{ id: "credentials", isRequired: false, line: 19 }], []],
      [[], []],
    ]);
  });

  it.each([
    "git@git.example:team/lib.git",
    "deploy@git.example:team/lib.git#v1",
    "ssh://git@git.example:22/team/lib.git",
    '"git@git.example:team/lib.git"',
  ])("knows that ADD %s needs an SSH agent", (source) => {
    const { stages } = parseOutline(`FROM a\nADD --keep-git-dir=true ${source} /lib\n`);
    expect(stages[0]?.agents).toEqual([{ id: "default", isRequired: true, line: 2 }]);
  });

  it("needs no SSH agent for other sources, nor for a target that looks like one", () => {
    const { stages } = parseOutline(
      "FROM a\nADD https://git.example/team/lib.git /lib\nADD a@b c:d /\nADD a git@b:c\nCOPY git@b:c /\n",
    );
    expect(stages[0]?.agents).toEqual([]);
  });

  it("takes nothing from heredocs, which hold other languages", () => {
    const { stages, args } = parseOutline(
      "FROM a\nRUN <<EOF\nARG NOT=1\nFROM b\n# no comment\nEOF\nCOPY <<-'X' /f\n\tFROM c\n\tX\nARG IS=1\nRUN cat <<A <<B\nFROM d\nA\nARG NO\nB\nFROM e\n",
    );
    expect(stages.map(({ base, line }) => [base, line])).toEqual([
      ["a", 1],
      ["e", 16],
    ]);
    expect(args.map(({ name }) => name)).toEqual(["IS"]);
  });

  it("follows the escape directive and joins continued lines", () => {
    const { stages, args } = parseOutline(
      "# escape=`\nFROM a `\n  AS one\nARG PATH=c:\\\nARG LONG=`\nvalue\nFROM b\n",
    );
    expect(stages.map(({ name, base }) => [name, base])).toEqual([
      ["one", "a"],
      [undefined, "b"],
    ]);
    expect(args.map(({ name, defaultValue }) => [name, defaultValue])).toEqual([
      ["PATH", "c:\\"],
      ["LONG", "value"],
    ]);
  });

  it("reads quotes, empty defaults and several names in one ARG", () => {
    const { args } = parseOutline(
      'ARG A="x y"\nARG B=\'1\'\nARG C=\nARG D E=2 F="a b"\nARG G=a=b\nARG 1X=2\nARG\nFROM $A\n',
    );
    expect(args.map(({ name, defaultValue }) => [name, defaultValue])).toEqual([
      ["A", "x y"],
      ["B", "1"],
      ["C", ""],
      ["D", undefined],
      ["E", "2"],
      ["F", "a b"],
      ["G", "a=b"],
    ]);
  });

  it.each([
    ["type=secret,id=a", { id: "a", isRequired: false }],
    ["type=secret,id=a,required=true", { id: "a", isRequired: true }],
    ["type=secret,id=a,required=false", { id: "a", isRequired: false }],
    ["required=1,id=a,type=secret,env=TOKEN", { id: "a", isRequired: true }],
    ['type=secret,id="a"', { id: "a", isRequired: false }],
    ["type=secret,dst=/run/secrets/b", { id: "b", isRequired: false }],
  ])("reads the secret mount %s", (mount, expected) => {
    const [stage] = parseOutline(`FROM a\nRUN --mount=${mount} true\n`).stages;
    expect(stage?.secrets).toEqual([{ ...expected, line: 2 }]);
  });

  it.each(["type=secret", "type=secret,id=$ID", "type=cache,target=/x", "", "type", ",=,"])(
    "finds no secret in the mount %s",
    (mount) => {
      const [stage] = parseOutline(`FROM a\nRUN --mount=${mount} true\n`).stages;
      expect(stage?.secrets).toEqual([]);
    },
  );

  it("takes no secret of an ONBUILD step or of a command's own words", () => {
    const { stages } = parseOutline(
      "FROM a\nONBUILD RUN --mount=type=secret,id=a true\nRUN echo --mount=type=secret,id=b\n",
    );
    expect(stages[0]?.secrets).toEqual([]);
  });

  it("knows which stages mount files from which", () => {
    const { stages } = parseOutline(
      "FROM a AS one\nFROM b AS two\nRUN --mount=from=one,target=/x true\nFROM c\nCOPY --from=two --link /a /\nCOPY --from=image /a /\nCOPY --from=9 /a /\n",
    );
    expect(stages.map(({ needs }) => needs)).toEqual([[], [0], [1]]);
  });

  it("puts a description into one line that every label can show", () => {
    const text = `# a\u0007b \u202Ec\n#\td\n${"# x".repeat(200)}\nARG A\nFROM a\n`;
    const { comment } = parseOutline(text).args[0] ?? {};
    expect(comment).toMatch(/^a b c d x/);
    expect(comment?.length).toBe(200);
  });

  it.each([
    "",
    "\n",
    "# only a note",
    "\uFEFFFROM a\n",
    "FROM",
    "FROM --platform=x",
    "ARG =",
    "]{\0",
  ])("reads %j without a failure", (text) => {
    expect(parseOutline(text).stages.length).toBe(text.includes("FROM a") ? 1 : 0);
  });

  it.each([
    ["one line of marks", "#".repeat(64 * 1024)],
    ["only arguments", "ARG A=1\n".repeat(8_000)],
    ["only stages", "FROM a AS b\n".repeat(5_000)],
    ["one step of mounts", `FROM a\nRUN ${"--mount=type=secret,id=a ".repeat(2_600)}`],
    ["copies", `FROM a AS b\n${"COPY --from=b c d\n".repeat(3_500)}`],
    ["notes", "# a note\n".repeat(7_000)],
    ["endless continuation", `FROM a\nRUN x ${"\\\n".repeat(16_000)}`],
    ["heredocs without end", `FROM a\nRUN ${"<<E ".repeat(16_000)}`],
  ])("reads %s of the size of the limit", (_, text) => {
    expect(text.length).toBeLessThanOrEqual(64 * 1024 + 100);
    const outline = parseOutline(text);
    expect(neededStages(outline, undefined).length).toBeLessThanOrEqual(outline.stages.length);
  });
});

describe("readOutline", () => {
  it("leaves a huge Dockerfile to the engine, and says so", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "ecr-outline-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, "Dockerfile");
    await writeFile(file, `FROM a\n${"#".repeat(64 * 1024)}`);
    expect(await tryReadOutline(file)).toBeUndefined();
    await expect(readOutline(file)).rejects.toMatchObject({
      failure: { kind: "dockerfile-unreadable", path: file },
    });
  });

  it("says why a file can't be read", async () => {
    await expect(readOutline("/nonexistent/Dockerfile")).rejects.toMatchObject({
      failure: { kind: "dockerfile-unreadable", reason: "it does not exist" },
    });
  });
});

describe("what a target needs", () => {
  const outline = parseOutline(SHOP);
  const names = (target?: string): unknown =>
    neededStages(outline, target).map(({ index }) => index);

  it("is the stage and those that it begins with or copies from", () => {
    expect(names("deps")).toEqual([0]);
    expect(names("BUILD")).toEqual([0, 1]);
    expect(names()).toEqual([0, 1, 2]);
    expect(names("gone")).toEqual([0, 1, 2]);
  });

  it("decides which secrets, agents and arguments are of use", () => {
    const both = parseOutline(
      "ARG G\nFROM a AS one\nARG A\nARG TARGETOS\nRUN --mount=type=secret,id=s --mount=type=ssh,id=k true\nRUN --mount=type=secret,id=s,required true\nFROM b AS two\nARG B\nRUN --mount=type=secret,id=t true\n",
    );
    expect(settableArgs(both, "one").map(({ name }) => name)).toEqual(["G", "A"]);
    expect(settableArgs(both, "two").map(({ name }) => name)).toEqual(["G", "B"]);
    expect(mountedSecrets(both, "one")).toEqual([{ id: "s", isRequired: true, line: 6 }]);
    expect(mountedSecrets(both, "two")).toEqual([{ id: "t", isRequired: false, line: 9 }]);
    expect(mountedAgents(both, "one")).toEqual([{ id: "k", isRequired: false, line: 5 }]);
    expect(mountedAgents(both, "two")).toEqual([]);
  });

  it("comes to an end where stages need each other", () => {
    const circle = parseOutline("FROM a AS one\nCOPY --from=one /a /\nFROM one AS one\n");
    expect(neededStages(circle, "one").map(({ index }) => index)).toEqual([0, 1]);
  });
});
