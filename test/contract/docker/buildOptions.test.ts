import { createHash, randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { makeBuildOptions, noChoices } from "../../../src/core/build/buildChoices.js";
import { secretSources } from "../../../src/docker/secretSources.js";
import { importBaseImages } from "../../machine/baseImages.js";
import {
  buildersUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "./engineUnderTest.js";

const all = await buildersUnderTest();
const buildKits = all.filter(({ builder }) => builder === "BuildKit");
const classics = all.filter(({ builder }) => builder !== "BuildKit");

describe.each(all)("options for $builder of $label", ({ host, builder }) => {
  const engine = engineAt(host, builder);
  beforeAll(() => importBaseImages(host));

  it("builds the stage that is asked for, with the given arguments", async () => {
    const word = randomUUID();
    const folder = await makeFolder({
      Dockerfile:
        "ARG BASE=nowhere:at-all\nFROM $BASE AS one\nARG WORD=none\nRUN echo said $WORD\nFROM one AS two\nRUN exit 7\n",
    });
    const options = { target: "one", buildArgs: { BASE: "busybox:local", WORD: word } };
    const { events } = await collect(engine.build(buildOf(folder, { options }), patience));
    expect(events).toContainEqual(expect.objectContaining({ text: `said ${word}` }));
  });

  it("knows before it builds which secret is missing and which target isn't there", async () => {
    const folder = await makeFolder({
      Dockerfile: "FROM busybox:local AS one\nRUN --mount=type=secret,id=npm,required true\n",
    });
    expect(await failureOf(engine.checkBuild(buildOf(folder)))).toEqual({
      kind: "secret-missing",
      dockerfile: path.join(folder, "Dockerfile"),
      id: "npm",
      line: 2,
    });
    const options = { target: "other" };
    expect(await failureOf(engine.checkBuild(buildOf(folder, { options })))).toMatchObject({
      kind: "build-option-invalid",
      name: "other",
    });
  });
});

describe.each(classics)("$builder of $label", (one) => {
  const engine = engineAt(one.host, one.builder);
  beforeAll(() => importBaseImages(one.host));

  it("says that it can't give secrets or SSH agents, before it builds", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM busybox:local\nRUN true\n" });
    const secrets = { npm: () => Promise.resolve(Buffer.from("x")) };
    const refused = (options: object): Promise<unknown> =>
      failureOf(collect(engine.build(buildOf(folder, { options }), patience)));
    expect(await refused({ secrets })).toMatchObject({ kind: "builder-lacks", feature: "secrets" });
    expect(await refused({ ssh: { default: undefined } })).toMatchObject({
      kind: "builder-lacks",
      feature: "ssh",
    });
    await collect(engine.build(buildOf(folder, { options: { secrets: {}, ssh: {} } }), patience));
  });
});

describe.each(buildKits)("secrets for $builder of $label", (one) => {
  const engine = engineAt(one.host, one.builder);
  beforeAll(() => importBaseImages(one.host));

  it("come from a variable, from a file and from the keyboard, and stay out of the log", async () => {
    const [variable, file, typed] = [randomUUID(), randomUUID(), randomUUID()];
    const check = (id: string, value: string): string =>
      `RUN --mount=type=secret,id=${id},required test "$(md5sum < /run/secrets/${id})" = "${md5(value)}  -"\n`;
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local AS one\nARG WORD\nRUN echo said $WORD\n${check("variable", variable)}${check("file", file)}${check("typed", typed)}FROM one AS two\nRUN exit 7\n`,
      "secret.txt": file,
      ".dockerignore": "secret.txt\n",
    });
    const choices = {
      ...noChoices,
      target: "one",
      args: { WORD: "aloud" },
      noCache: true,
      secrets: {
        variable: { kind: "environment", name: "A_SECRET" },
        file: { kind: "file", path: path.join(folder, "secret.txt") },
        typed: { kind: "typed" },
      },
    } as const;
    const sources = secretSources({ A_SECRET: variable });
    const options = await makeBuildOptions(choices, new Map([["secret:typed", typed]]), sources);
    const request = buildOf(folder, { options });
    await engine.checkBuild(request);
    const { events } = await collect(engine.build(request, patience));
    expect(events).toContainEqual(expect.objectContaining({ text: "said aloud" }));
    const told = JSON.stringify(events);
    for (const value of [variable, file, typed]) expect(told).not.toContain(value);
  });

  it("fails with the secret's name when its file goes before a step asks", async () => {
    const folder = await makeFolder({
      Dockerfile: "FROM busybox:local\nRUN --mount=type=secret,id=file,required true\n",
      "secret.txt": "x",
    });
    const source = { kind: "file", path: path.join(folder, "secret.txt") } as const;
    const choices = { ...noChoices, noCache: true, secrets: { file: source } };
    const options = await makeBuildOptions(choices, new Map(), secretSources({}));
    await rm(source.path);
    expect(
      await failureOf(collect(engine.build(buildOf(folder, { options }), patience))),
    ).toMatchObject({ kind: "build-option-invalid", option: "secret", name: "file" });
  });
});

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
