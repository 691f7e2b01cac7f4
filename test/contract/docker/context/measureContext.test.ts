import { randomBytes } from "node:crypto";
import { link, mkdir, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type {
  ContextAmount,
  ContextContents,
} from "../../../../src/core/context/contextContents.js";
import type { BuildEvent, BuildRequest } from "../../../../src/core/enginePorts.js";
import { makeMeasureContext } from "../../../../src/docker/context/measureContext.js";
import {
  type Builder,
  buildersUnderTest,
  buildOf,
  collect,
  engineAt,
  makeFolder,
  patience,
} from "../engineUnderTest.js";

const builders = await buildersUnderTest();

/** Measures as the extension does, for the builder of one engine. */
function measure(host: string, builder: Builder, request: BuildRequest): Promise<ContextContents> {
  const DOCKER_BUILDKIT = builder === "BuildKit" ? "1" : "0";
  const environment = { ...process.env, DOCKER_HOST: host, DOCKER_BUILDKIT };
  const machine = { environment, homeFolder: homedir(), platform: process.platform };
  const port = makeMeasureContext({ ...machine, log: () => undefined });
  return port(request, () => undefined, patience);
}

/** What a build sent of its context, by its own account. */
function sent(events: readonly BuildEvent[]): ContextAmount {
  const told = events.flatMap((event) =>
    event.type === "context" ? { files: event.files, bytes: event.sentBytes } : [],
  );
  // BuildKit asks for the ignore file on its own first.
  return told.reduce((most, one) => (one.bytes >= most.bytes ? one : most), { files: 0, bytes: 0 });
}

/** A context with all that may count in one way or another; its bytes are new to every engine. */
async function makeContext(dockerfile: string, ignore: string): Promise<string> {
  const content = (bytes: number): string => randomBytes(bytes / 2).toString("hex");
  const folder = await makeFolder({
    Dockerfile: dockerfile,
    ".dockerignore": ignore,
    ".env": content(40),
    "src/a.py": content(3000),
    "src/deep/b.py": content(500),
    "data/big.bin": content(400_000),
    "data/keep.csv": content(2000),
    "ünïcödé – 文件/ñ.txt": content(800),
    "logs/1.log": content(100_000),
    "app.jar": content(7000),
    "lib/x.jar": content(9000),
  });
  await mkdir(path.join(folder, "empty"));
  await writeFile(path.join(folder, "src/nothing"), "");
  await symlink("../data/keep.csv", path.join(folder, "src/link"));
  await symlink("loop", path.join(folder, "loop"));
  await link(path.join(folder, "app.jar"), path.join(folder, "lib/same.jar"));
  return folder;
}

const IGNORE = "logs\ndata/*\n!data/keep.csv\n**/*.log\n";

describe.each(builders)("what $label gets with $builder", ({ host, builder }) => {
  it.each([
    ["everything", "FROM busybox:local\nCOPY . /c\n", IGNORE],
    ["everything without an ignore file's rules", "FROM busybox:local\nCOPY . /c\n", ""],
    ["folders and files", "FROM busybox:local\nCOPY src app.jar /c/\n", IGNORE],
    ["a link and what it leads to", "FROM busybox:local\nCOPY src/link /c/\n", IGNORE],
    ["what a pattern names", "FROM busybox:local\nARG J=*.jar\nCOPY ${J} lib/*.jar /c/\n", IGNORE],
    [
      "what the stages need that are built",
      "FROM busybox:local AS a\nCOPY src /s\nFROM busybox:local AS b\nCOPY data /d\n" +
        "FROM busybox:local\nCOPY --from=a /s /s\nADD lib/ /l/\n",
      IGNORE,
    ],
    ["odd names", "FROM busybox:local\nCOPY ün* /c/\n", IGNORE],
  ])("is what was measured: %s", async (_, dockerfile, ignore) => {
    const request = buildOf(await makeContext(dockerfile, ignore));
    const measured = await measure(host, builder, request);
    expect(measured.isWhole).toBe(builder !== "BuildKit");
    const { events } = await collect(engineAt(host, builder).build(request, patience));
    const { files, bytes } = sent(events);
    expect(measured.files).toBeGreaterThan(0);
    if (builder === "BuildKit") {
      // The second name of a file travels without its content.
      const shared = measured.tree.files - files;
      expect(shared).toBeLessThanOrEqual(1);
      expect(measured.bytes).toBe(bytes);
    } else {
      expect(measured.files).toBe(files);
      // The archive has a header and some padding for each entry.
      expect(bytes).toBeGreaterThan(measured.bytes);
      expect(bytes).toBeLessThan(measured.bytes + (files + 20) * 2048 + 20_480);
    }
  });
});

describe.each(builders.filter(({ builder }) => builder === "BuildKit"))(
  "what $label asks for",
  ({ host }) => {
    it.each([
      ["by a bind mount", "RUN --mount=type=bind,source=src,target=/m ls /m"],
      ["by a bind mount of everything", "RUN --mount=target=/m ls /m"],
      ["beside a memory mount", "COPY src /s\nRUN --mount=type=tmpfs,target=/m ls /m"],
      ["beside a cache", "COPY src /s\nRUN --mount=type=cache,target=/m ls /m"],
      ["of variables in the middle", "ARG TARGETARCH\nENV D=src\nCOPY $D/$NONE* app.jar /s/"],
    ])("is what was measured: %s", async (_, rest) => {
      const dockerfile = `FROM busybox:local\n${rest}\n`;
      const request = buildOf(await makeContext(dockerfile, IGNORE));
      const measured = await measure(host, "BuildKit", request);
      const { events } = await collect(engineAt(host).build(request, patience));
      expect(measured.bytes).toBe(sent(events).bytes);
    });

    it("is nothing where no instruction copies", async () => {
      const dockerfile = "FROM busybox:local\nRUN --mount=type=tmpfs,target=/m ls\n";
      const request = buildOf(await makeContext(dockerfile, IGNORE));
      const measured = await measure(host, "BuildKit", request);
      expect(measured).toMatchObject({ files: 0, bytes: 0, sentBy: [], findings: [] });
      const { events } = await collect(engineAt(host).build(request, patience));
      // The ignore file alone.
      expect(sent(events).bytes).toBeLessThan(1000);
    });
  },
);
