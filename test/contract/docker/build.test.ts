import { randomUUID } from "node:crypto";
import { chmod, mkdir, rename, symlink, truncate } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openEngine } from "../../machine/engineApi.js";
import { importBaseImages } from "../../machine/baseImages.js";
import type { EcrError } from "../../../src/core/errors.js";
import {
  buildersUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "./engineUnderTest.js";
import { skipTest } from "../skipTest.js";

describe.each(await buildersUnderTest())("building with $builder, $label", (testEngine) => {
  const { host, builder, kind } = testEngine;
  const engine = engineAt(host, builder);
  const isBuildKit = builder === "BuildKit";
  const isPodman = kind === "podman";
  beforeAll(() => importBaseImages(host));

  /** Builds a folder and returns what its steps wrote. */
  async function logOf(folder: string, dockerfile?: string): Promise<string[]> {
    const request = buildOf(folder, dockerfile ? { dockerfile } : {});
    const { events } = await collect(engine.build(request, patience));
    return events.flatMap((event) => (event.type === "log" ? [event.text] : []));
  }

  function failBuild(folder: string, dockerfile?: string): ReturnType<typeof failureOf> {
    const request = buildOf(folder, dockerfile ? { dockerfile } : {});
    return failureOf(collect(engine.build(request, patience)));
  }

  it("tells the context, the steps and the output, and returns the image", async () => {
    const folder = await makeFolder({
      Dockerfile: `ARG BASE=busybox:local\nFROM $BASE\nCOPY file /\nRUN echo ${randomUUID()}; cat /file\n`,
      file: "what the file says\n",
    });
    const { events, result } = await collect(engine.build(buildOf(folder), patience));
    const steps = events.flatMap((event) =>
      event.type === "step" && event.place && event.state === "running" ? [event.place] : [],
    );
    // BuildKit counts what makes a layer, Podman what is in a stage; both fill arguments in. BuildKit
    // may run a step in two goes, with a new start.
    expect([...new Set(steps.map(({ index, total }) => `${index}/${total}`))]).toEqual(
      isBuildKit || isPodman ? ["1/3", "2/3", "3/3"] : ["1/4", "2/4", "3/4", "4/4"],
    );
    const from = isPodman ? /^FROM busybox:local$/ : /^FROM \$BASE$/;
    // With the containerd store the digest follows.
    const resolved = /^FROM docker\.io\/library\/busybox:local(?:@sha256:[0-9a-f]{64})?$/;
    expect(steps.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(isBuildKit ? resolved : from),
    );
    expect(events).toContainEqual(
      expect.objectContaining({ type: "log", text: "what the file says" }),
    );
    expect(events.findLast((event) => event.type === "context")).toMatchObject({
      files: isBuildKit ? 1 : 2,
    });
    expect(result.imageId).toMatch(/^sha256:[0-9a-f]{64}$/);
    const image = await engine.findImage(result.imageId, patience);
    expect(image).toMatchObject({ id: result.imageId, references: [] });
    expect(image?.platform).toMatch(/^linux\//);
  });

  it("keeps links, modes, empty folders and names in any script", async () => {
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nCOPY . /c\nRUN echo ${randomUUID()}; cd /c && find . | sort | while read f; do stat -c '%n %a %u %F %N' "$f"; done\n`,
      ".dockerignore": "Dockerfile\n.dockerignore\n",
      "dir/ünïcödé – 文件.txt": "x",
      [`deep/${"long".repeat(40)}/file`]: "x",
      script: "#!/bin/sh\n",
      closed: "x",
    });
    await chmod(path.join(folder, "script"), 0o755);
    await chmod(path.join(folder, "closed"), 0o600);
    await mkdir(path.join(folder, "empty"));
    await chmod(path.join(folder, "empty"), 0o1777);
    await symlink("dir", path.join(folder, "link"));
    await symlink("/nowhere/ünïcödé", path.join(folder, "dangling"));
    const lines = (await logOf(folder)).filter((line) => line.startsWith("./"));
    expect(lines).toEqual([
      "./closed 600 0 regular file ./closed",
      "./dangling 777 0 symbolic link './dangling' -> '/nowhere/ünïcödé'",
      "./deep 755 0 directory ./deep",
      `./deep/${"long".repeat(40)} 755 0 directory ./deep/${"long".repeat(40)}`,
      `./deep/${"long".repeat(40)}/file 644 0 regular file ./deep/${"long".repeat(40)}/file`,
      "./dir 755 0 directory ./dir",
      "./dir/ünïcödé – 文件.txt 644 0 regular file ./dir/ünïcödé – 文件.txt",
      "./empty 1777 0 directory ./empty",
      "./link 777 0 symbolic link './link' -> 'dir'",
      "./script 755 0 regular file ./script",
    ]);
  });

  const LIST = `FROM busybox:local\nCOPY . /c\nRUN echo ${randomUUID()}; cd /c && find . -type f\n`;

  it("builds a Dockerfile that lies outside its context, and leaves it out of the image", async () => {
    const folder = await makeFolder({ "context/file": "x", Dockerfile: LIST });
    const context = path.join(folder, "context");
    const { events } = await collect(engine.build(buildOf(folder, { context }), patience));
    const files = events.flatMap((e) =>
      e.type === "log" && e.text.startsWith("./") ? e.text : [],
    );
    expect(files).toEqual(["./file"]);
  });

  it("takes the Dockerfile's own ignore file before the context's", async () => {
    const folder = await makeFolder({
      "docker/app.Dockerfile": LIST,
      "docker/app.Dockerfile.dockerignore": "b\ndocker\n",
      ".dockerignore": "a\n",
      a: "x",
      b: "x",
    });
    const lines = await logOf(folder, path.join(folder, "docker/app.Dockerfile"));
    const files = lines.filter((line) => line.startsWith("./"));
    expect(files.sort()).toEqual(["./.dockerignore", "./a"]);
  });

  it("builds a Dockerfile that its own context ignores", async () => {
    const folder = await makeFolder({ Dockerfile: LIST, ".dockerignore": "*\n!a\n", a: "x" });
    const files = (await logOf(folder)).filter((line) => line.startsWith("./"));
    expect(files).toEqual(["./a"]);
  });

  it("follows a Dockerfile that is a link out of the context", async () => {
    const folder = await makeFolder({ "elsewhere/Dockerfile": LIST, "context/a": "x" });
    const context = path.join(folder, "context");
    await symlink("../elsewhere/Dockerfile", path.join(context, "Dockerfile"));
    if (isPodman) {
      // It takes no such link, and says nothing about it.
      expect(await failBuild(context)).toMatchObject({
        kind: "build-failed",
        message: expect.stringContaining("leads out of the context, such as Dockerfile") as string,
      });
      return;
    }
    expect(await logOf(context)).toContain("./a");
  });

  it("names the line and the step that failed", async () => {
    const folder = await makeFolder({
      Dockerfile:
        "# one\nARG A\nFROM busybox:local\n\nRUN true && \\\n  # note\n  true\nRUN false\n",
    });
    expect(await failBuild(folder)).toMatchObject({
      kind: "build-failed",
      dockerfile: path.join(folder, "Dockerfile"),
      line: 8,
      step: "RUN false",
      message: "exit code: 1",
    });
  });

  it("names the line of a file that is not in the context", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM busybox:local\nCOPY nowhere /\n" });
    expect(await failBuild(folder)).toMatchObject({
      kind: "build-failed",
      line: 2,
      step: "COPY nowhere /",
      message: expect.stringContaining("nowhere") as string,
    });
  });

  it("names the line of an instruction that does not exist", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM busybox:local\n\nRUNN true\n" });
    expect(await failBuild(folder)).toMatchObject({
      kind: "build-failed",
      line: 3,
      message: expect.stringMatching(/^unknown instruction: "?RUNN/i) as string,
    });
  });

  it("says that a registry of a base image can't be reached", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM 127.0.0.1:9/team/base:1\n" });
    expect(await failBuild(folder)).toMatchObject({
      kind: "registry-unreachable",
      host: "127.0.0.1:9",
    });
  });

  it("says that the engine can't run a program", async () => {
    const folder = await makeFolder({
      Dockerfile: 'FROM busybox:local\nCOPY --chmod=755 program /\nRUN ["/program"]\n'.replace(
        "--chmod=755 ",
        "",
      ),
      program: "\u007fELF, but of no machine",
    });
    await chmod(path.join(folder, "program"), 0o755);
    expect(await failBuild(folder)).toMatchObject({
      kind: "build-failed",
      line: 3,
      message: expect.stringContaining("this engine can't run programs of this kind") as string,
    });
  });

  it("builds for the platform that was asked for, or says that the engine did not", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM scratch\nLABEL a=b\n" });
    const own = (await engine.describe(patience)).platform;
    const built = await collect(engine.build(buildOf(folder, { platforms: [own] }), patience));
    expect((await engine.findImage(built.result.imageId, patience))?.platform).toBe(own);

    const platform = "linux/s390x";
    const outcome = await collect(
      engine.build(buildOf(folder, { platforms: [platform] }), patience),
    ).then(
      async ({ result }) => (await engine.findImage(result.imageId, patience))?.platform,
      (error: unknown) => (error as EcrError).failure,
    );
    const refused = {
      kind: "build-failed",
      message: `the engine built ${own} instead of ${platform}`,
    };
    if (typeof outcome === "object") expect(outcome).toMatchObject(refused);
    else expect(outcome).toBe(platform);
  });

  it("refuses a Dockerfile that is missing, a folder, or empty before it sends anything", async () => {
    const folder = await makeFolder({ "folder/x": "", empty: "# only a note\n\n" });
    const at = (name: string): string => path.join(folder, name);
    expect(await failBuild(folder, at("none"))).toMatchObject({
      kind: "dockerfile-unreadable",
      path: at("none"),
      reason: "it does not exist",
    });
    expect(await failBuild(folder, at("folder"))).toMatchObject({
      kind: "dockerfile-unreadable",
      reason: "it is a folder",
    });
    expect(await failBuild(folder, at("empty"))).toEqual({
      kind: "dockerfile-empty",
      path: at("empty"),
    });
  });

  it("refuses a context that is missing or no folder, and an ignore file that is not valid", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM scratch\n", ".dockerignore": "a\n[\n" });
    expect(await failBuild(folder)).toMatchObject({
      kind: "context-unreadable",
      path: path.join(folder, ".dockerignore"),
      reason: "line 2: the pattern is not valid: [",
    });
    for (const context of [path.join(folder, "none"), path.join(folder, "Dockerfile")]) {
      const building = collect(engine.build(buildOf(folder, { context }), patience));
      expect(await failureOf(building)).toMatchObject({
        kind: "context-unreadable",
        path: context,
      });
    }
  });

  // BuildKit takes a vanished file as empty and runs steps without containers; its own tests say so.
  describe.skipIf(isBuildKit)("as only the classic builder does", () => {
    it("names a file that vanishes while the context is sent", async () => {
      const folder = await makeFolder({ Dockerfile: "FROM scratch\nCOPY . /\n", a: "", b: "x" });
      // Large enough that no engine has it all before the first word about it is heard.
      await truncate(path.join(folder, "a"), 1_000_000_000);
      const building = engine.build(buildOf(folder), patience);
      const run = async (): Promise<void> => {
        for await (const event of building) {
          if (event.type === "context")
            await rename(path.join(folder, "b"), path.join(folder, "c")).catch(() => undefined);
        }
      };
      expect(await failureOf(run())).toMatchObject({
        kind: "context-unreadable",
        path: path.join(folder, "b"),
      });
    });

    it("stops the running step when it is cancelled", async (context) => {
      if (isPodman) skipTest(context, "Podman lets a step end that has begun");
      const mark = randomUUID();
      const folder = await makeFolder({
        Dockerfile: `FROM busybox:local\nENV MARK=${mark}\nRUN echo started; sleep 600\n`,
      });
      const docker = openEngine(host);
      const running = async (): Promise<number> => {
        const containers = await docker.listContainers({ all: true });
        const details = await Promise.all(
          containers.map(({ Id }) =>
            docker
              .getContainer(Id)
              .inspect()
              .catch(() => undefined),
          ),
        );
        return details.filter((detail) => detail?.Config.Env.includes(`MARK=${mark}`)).length;
      };
      const cancel = new AbortController();
      const build = async (): Promise<void> => {
        for await (const event of engine.build(buildOf(folder), cancel.signal)) {
          if (event.type !== "log" || event.text !== "started") continue;
          expect(await running()).toBe(1);
          cancel.abort();
        }
      };
      await expect(build()).rejects.toMatchObject({ name: "AbortError" });
      await expect.poll(running, { timeout: 30_000, interval: 200 }).toBe(0);
    });

    it("stops the running step when nobody listens any more", async (context) => {
      if (isPodman) skipTest(context, "Podman lets a step end that has begun");
      const mark = randomUUID();
      const folder = await makeFolder({
        Dockerfile: `FROM busybox:local\nENV MARK=${mark}\nRUN echo started; sleep 600\n`,
      });
      for await (const event of engine.build(buildOf(folder), patience)) {
        if (event.type === "log" && event.text === "started") break;
      }
      const docker = openEngine(host);
      const sleeping = async (): Promise<number> => {
        const containers = await docker.listContainers();
        return containers.filter(({ Command }) => Command.includes("echo started; sleep 600"))
          .length;
      };
      await expect.poll(sleeping, { timeout: 30_000, interval: 200 }).toBe(0);
    });
  });

  it("does not start when it is cancelled before", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM scratch\n" });
    const building = collect(engine.build(buildOf(folder), AbortSignal.abort()));
    await expect(building).rejects.toMatchObject({ name: "AbortError" });
  });
});
