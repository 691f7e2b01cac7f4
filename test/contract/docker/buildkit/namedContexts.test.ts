import { randomUUID } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { BuildEvent, BuildOptions } from "../../../../src/core/enginePorts.js";
import { importBaseImages } from "../../../machine/baseImages.js";
import {
  buildersUnderTest,
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "../engineUnderTest.js";

const isOld = ({ label }: { label: string }): boolean => label.startsWith("Docker 20.");
const engines = await buildKitsUnderTest();
const others = (await buildersUnderTest()).filter(
  (engine) => isOld(engine) || engine.builder === "the classic builder",
);

describe.each(engines.filter((engine) => !isOld(engine)))("contexts on $label", ({ host }) => {
  const engine = engineAt(host);
  beforeAll(() => importBaseImages(host));

  async function build(dockerfile: string, options: BuildOptions): Promise<BuildEvent[]> {
    const folder = await makeFolder({ Dockerfile: dockerfile, own: "own" });
    return (await collect(engine.build(buildOf(folder, { options }), patience))).events;
  }

  async function logOf(dockerfile: string, options: BuildOptions): Promise<string[]> {
    const events = await build(dockerfile, options);
    return events.flatMap((event) => (event.type === "log" ? event.text : []));
  }

  it("copies from two folders, each as its own ignore file says", async () => {
    const one = await makeFolder({ a: "of one", skipped: "x", ".dockerignore": "skipped\n" });
    const two = await makeFolder({ a: "of two", skipped: "kept" });
    const lines = await logOf(
      `FROM busybox:local\nCOPY --from=one . /one/\nCOPY --from=two . /two/\nCOPY own /\nRUN echo ${randomUUID()}; ls /one /two; cat /one/a /two/a\n`,
      {
        contexts: {
          one: { kind: "folder", path: one },
          two: { kind: "folder", path: two },
        },
      },
    );
    expect(lines.join("\n")).toContain("of oneof two");
    expect(lines.filter((line) => line === "skipped")).toHaveLength(1);
  });

  it("asks a folder for what has changed, and takes the rest from the cache", async () => {
    const other = await makeFolder({ same: randomUUID(), changed: "1" });
    const contexts = { other: { kind: "folder", path: other } } as const;
    const dockerfile =
      "FROM busybox:local\nCOPY --from=other same /\nCOPY --from=other changed /\nRUN cat /changed\n";
    await build(dockerfile, { contexts });
    await writeFile(path.join(other, "changed"), `changed ${randomUUID()}`);
    const events = await build(dockerfile, { contexts });
    const steps = events.flatMap((event) =>
      event.type === "step" && event.place ? { ...event.place, state: event.state } : [],
    );
    const last = (index: number): string | undefined =>
      steps.findLast((step) => step.index === index)?.state;
    expect([last(2), last(3)]).toEqual(["cached", "done"]);
  });

  it("lets an image, and a folder, stand for a base image", async () => {
    const root = await makeFolder({ file: "from a folder" });
    const lines = await logOf(
      `FROM never.example/base AS one\nRUN echo ${randomUUID()} from an image\nFROM one\nCOPY --from=never.example/files file /\nRUN cat /file\n`,
      {
        contexts: {
          "never.example/base": { kind: "image", reference: "busybox:local" },
          "never.example/files": { kind: "folder", path: root },
        },
      },
    );
    expect(lines.join("\n")).toMatch(/from an image(.|\n)*from a folder/);
  });

  it("fetches a file behind http", async () => {
    const server = http.createServer((_, response) => response.end("fetched\n"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${randomUUID()}`;
    const lines = await logOf(
      "FROM busybox:local\nCOPY --from=remote . /remote/\nRUN find /remote; cat /remote/*\n",
      { contexts: { remote: { kind: "url", url } } },
    );
    expect(lines).toContain("fetched");
  });

  it("names a folder that is not there, and builds once it is", async () => {
    const parent = await makeFolder();
    const missing = path.join(parent, "missing");
    const contexts = { other: { kind: "folder", path: missing } } as const;
    const dockerfile = "FROM scratch\nCOPY --from=other . /\n";
    expect(await failureOf(build(dockerfile, { contexts }))).toMatchObject({
      kind: "context-unreadable",
      path: missing,
    });
    const found = { other: { kind: "folder", path: parent } } as const;
    await writeFile(path.join(parent, "a"), "a");
    await expect(build(dockerfile, { contexts: found })).resolves.toBeDefined();
  });
});

describe.each(others)("contexts with $builder of $label", ({ host, builder }) => {
  it("are refused before the build, which works without them", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM scratch\nLABEL a=b\n" });
    const contexts = { other: { kind: "folder", path: folder } } as const;
    const engine = engineAt(host, builder);
    const building = engine.build(buildOf(folder, { options: { contexts } }), patience);
    expect(await failureOf(collect(building))).toMatchObject({
      kind: "builder-lacks",
      feature: "contexts",
    });
    await expect(collect(engine.build(buildOf(folder), patience))).resolves.toBeDefined();
  });
});
