import { randomUUID } from "node:crypto";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
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

describe.each(all)("options for $builder of $host", ({ host, builder }) => {
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
    expect(events).toContainEqual({ type: "log", text: `said ${word}` });
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

describe.each(all.filter((one) => one.builder !== "BuildKit"))("$builder of $host", (one) => {
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
