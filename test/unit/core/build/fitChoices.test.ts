import { describe, expect, it } from "vitest";
import {
  type BuildChoices,
  noChoices,
  type SecretSources,
} from "../../../../src/core/build/buildChoices.js";
import { findProblem, fitChoices } from "../../../../src/core/build/fitChoices.js";
import { parseOutline } from "../../../../src/docker/dockerfileOutline.js";

const outline = parseOutline(`ARG BASE=a
FROM $BASE AS one
ARG ONE
ARG ONE_TOKEN
RUN --mount=type=secret,id=first,required --mount=type=ssh true
FROM b AS two
ARG TWO
RUN --mount=type=secret,id=second true
`);

const all: BuildChoices = {
  ...noChoices,
  args: { BASE: "c", ONE: "1", TWO: "2", HTTP_PROXY: "http://proxy.example" },
  typedArgs: ["ONE_TOKEN", "OTHER_TOKEN"],
  secrets: {
    first: { kind: "environment", name: "FIRST" },
    second: { kind: "file", path: "/second" },
    third: { kind: "environment", name: "GONE" },
  },
  agents: ["default"],
};

const sources: SecretSources = {
  variable: (name) => (name === "FIRST" ? "x" : undefined),
  reasonAgainstFile: () => Promise.resolve("it does not exist"),
  readFile: () => Promise.reject(new Error("nobody reads")),
};

describe("fitChoices", () => {
  it("keeps what the target uses and what the Dockerfile does not know", () => {
    expect(fitChoices({ ...all, target: "one" }, outline)).toMatchObject({
      args: { BASE: "c", ONE: "1", HTTP_PROXY: "http://proxy.example" },
      typedArgs: ["ONE_TOKEN", "OTHER_TOKEN"],
      secrets: { first: all.secrets["first"] },
      agents: ["default"],
    });
    const two = fitChoices(all, outline);
    expect(Object.keys(two.args)).toEqual(["BASE", "TWO", "HTTP_PROXY"]);
    expect(two.typedArgs).toEqual(["OTHER_TOKEN"]);
    expect(Object.keys(two.secrets)).toEqual(["second"]);
    expect(two.agents).toEqual([]);
  });
});

describe("findProblem", () => {
  const find = (choices: BuildChoices): ReturnType<typeof findProblem> =>
    findProblem(choices, "/shop/Dockerfile", outline, sources);

  it("finds none where the target has all that it needs", async () => {
    expect(await find({ ...all, target: "one" })).toBeUndefined();
    expect(await find(noChoices)).toBeUndefined();
  });

  it("names a target that is gone", async () => {
    expect(await find({ ...all, target: "three" })).toMatchObject({
      kind: "build-option-invalid",
      option: "target",
      name: "three",
    });
  });

  it("names a secret whose source is gone, if the target mounts it", async () => {
    expect(await find(all)).toMatchObject({ option: "secret", name: "second" });
    const gone = { first: { kind: "environment", name: "GONE" } } as const;
    expect(await find({ ...noChoices, target: "one", secrets: gone })).toMatchObject({
      option: "secret",
      reason: "the environment variable GONE is not set",
    });
  });

  it("names a required SSH agent that is not lent, and its line", async () => {
    const text = "FROM a\nRUN --mount=type=ssh,id=work,required=true true\n";
    const work = parseOutline(text);
    expect(await findProblem(noChoices, "/shop/Dockerfile", work, sources)).toEqual({
      kind: "ssh-agent-missing",
      dockerfile: "/shop/Dockerfile",
      id: "work",
      line: 2,
    });
    const lent = { ...noChoices, agents: ["work"] };
    expect(await findProblem(lent, "/shop/Dockerfile", work, sources)).toBeUndefined();
  });

  it("names a required secret that is not given, and its line", async () => {
    expect(await find({ ...noChoices, target: "one" })).toEqual({
      kind: "secret-missing",
      dockerfile: "/shop/Dockerfile",
      id: "first",
      line: 5,
    });
  });
});
