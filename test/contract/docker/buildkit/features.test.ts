import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { advanceSteps, buildParts, hasEnded } from "../../../../src/core/build/buildSteps.js";
import type { BuildEvent, BuildOptions } from "../../../../src/core/enginePorts.js";
import { importBaseImages } from "../../../machine/baseImages.js";
import { openEngine } from "../../../machine/engineApi.js";
import {
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "../engineUnderTest.js";

describe.each(await buildKitsUnderTest())("what BuildKit of $label can do", ({ host }) => {
  const engine = engineAt(host);
  beforeAll(() => importBaseImages(host));

  function build(
    folder: string,
    options: BuildOptions = {},
  ): Promise<{ events: BuildEvent[]; result: { imageId: string } }> {
    return collect(engine.build(buildOf(folder, { options }), patience));
  }

  async function logOf(folder: string, options: BuildOptions = {}): Promise<string[]> {
    const { events } = await build(folder, options);
    return events.flatMap((event) => (event.type === "log" ? [event.text] : []));
  }

  it("says that it builds over gRPC", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM scratch\nLABEL a=b\n" });
    expect((await logOf(folder))[0]).toBe("building with BuildKit over gRPC");
  });

  it("takes an unchanged build from the cache, sends no byte and makes the same image", async () => {
    const folder = await makeFolder({
      Dockerfile: "FROM busybox:local\nCOPY file /\nRUN cat /file > /copy\n",
      file: randomUUID(),
    });
    const first = await build(folder);
    const again = await build(folder);
    expect(again.result).toEqual(first.result);
    expect(first.events).toContainEqual(
      expect.objectContaining({ type: "context", sentBytes: 36, files: 1, totalBytes: 36 }),
    );
    const sent = again.events.flatMap((event) => (event.type === "context" ? event.sentBytes : []));
    expect(Math.max(...sent)).toBe(0);
    expect(again.events).toContainEqual(
      expect.objectContaining({
        type: "step",
        place: expect.objectContaining({ index: 3 }) as object,
        state: "cached",
      }),
    );
  });

  it("sends only the file that changed", async () => {
    const folder = await makeFolder({
      Dockerfile: "FROM scratch\nCOPY . /\n",
      same: "x".repeat(1000),
      changed: randomUUID(),
    });
    await build(folder);
    await writeFile(path.join(folder, "changed"), randomUUID());
    const { events } = await build(folder);
    const last = events.findLast((event) => event.type === "context");
    expect(last).toMatchObject({ sentBytes: 36, files: 1 });
  });

  it("keeps a cache mount from one build to the next", async () => {
    const id = randomUUID();
    const mount = `--mount=type=cache,id=${id},target=/cache`;
    const write = await makeFolder({
      Dockerfile: `FROM busybox:local\nRUN ${mount} echo kept > /cache/file # ${id}\n`,
    });
    await build(write);
    const read = await makeFolder({
      Dockerfile: `FROM busybox:local\nRUN ${mount} cat /cache/file # ${id}\n`,
    });
    expect(await logOf(read)).toContain("kept");
  });

  it("gives a secret to the step that mounts it, and leaves it out of the image", async () => {
    const secret = randomUUID();
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nRUN --mount=type=secret,id=key test "$(cat /run/secrets/key)" = ${secret}\nRUN test -s /run/secrets/key || echo gone\n`,
    });
    const secrets = { key: () => Promise.resolve(Buffer.from(secret)) };
    expect(await logOf(folder, { secrets, noCache: true })).toContain("gone");
  });

  it("says which secret is missing, and at which line; with the secret it builds", async () => {
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\n\nRUN --mount=type=secret,id=key,required=true echo ${randomUUID()}; cat /run/secrets/key\n`,
    });
    const other = (): Promise<Buffer> => Promise.resolve(Buffer.from(randomUUID()));
    const options = { noCache: true };
    expect(await failureOf(build(folder, { ...options, secrets: { other } }))).toEqual({
      kind: "secret-missing",
      id: "key",
      dockerfile: path.join(folder, "Dockerfile"),
      line: 3,
    });
    await expect(build(folder, { ...options, secrets: { key: other } })).resolves.toBeDefined();
  });

  it("goes without a secret that a step does not require", async () => {
    const folder = await makeFolder({
      Dockerfile:
        "FROM busybox:local\nRUN --mount=type=secret,id=key test -e /run/secrets/key || echo none\n",
    });
    expect(await logOf(folder, { noCache: true })).toContain("none");
  });

  it("passes target, arguments and labels on", async () => {
    const folder = await makeFolder({
      Dockerfile:
        "FROM busybox:local AS one\nARG WORD=none\nRUN echo said $WORD\nFROM one AS two\nRUN exit 7\n",
    });
    const options = {
      target: "one",
      buildArgs: { WORD: randomUUID() },
      labels: { "org.example.mark": "with space, comma" },
    };
    const { events, result } = await build(folder, options);
    const text = `said ${options.buildArgs.WORD}`;
    expect(events).toContainEqual(expect.objectContaining({ type: "log", text }));
    const { Config } = await openEngine(host).getImage(result.imageId).inspect();
    expect(Config.Labels).toMatchObject(options.labels);
  });

  it("runs every step anew without the cache", async () => {
    const folder = await makeFolder({
      Dockerfile: "FROM busybox:local\nRUN cat /proc/sys/kernel/random/uuid > /mark\n",
    });
    const first = await build(folder);
    await delay(10);
    const again = await build(folder, { noCache: true });
    expect(again.result.imageId).not.toBe(first.result.imageId);
  });

  it("writes given hosts into the steps' hosts file", async () => {
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nRUN echo ${randomUUID()}; cat /etc/hosts\n`,
    });
    const lines = await logOf(folder, { hosts: { "db.example.org": "192.0.2.7" } });
    expect(lines).toContainEqual(expect.stringMatching(/^192\.0\.2\.7\s+db\.example\.org$/));
  });

  it("builds on the host's network when asked", async () => {
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nRUN echo ${randomUUID()}; ls /sys/class/net\n`,
    });
    const none = await logOf(folder, { network: "none" });
    const hosts = await logOf(folder, { network: "host", noCache: true });
    expect(none.length).toBeLessThanOrEqual(hosts.length);
    expect(none).toContain("lo");
  });

  it("counts the steps of several stages and names them", async () => {
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local AS make\nRUN echo ${randomUUID()} > /a\nFROM busybox:local\nCOPY --from=make /a /\nRUN cat /a\n`,
    });
    const { events } = await build(folder);
    const steps = events.reduce(advanceSteps, new Map());
    const stages = buildParts(steps).flatMap((part) => (part.kind === "stage" ? [part] : []));
    expect(stages).toMatchObject([
      { stage: "make", total: 2 },
      { stage: "stage-1", total: 3 },
    ]);
    // Both stages begin with the same step, and BuildKit may tell it once, as the first stage's.
    expect(stages[1]?.steps.slice(-2).map(({ place }) => [place?.index, place?.line])).toEqual([
      [2, 4],
      [3, 5],
    ]);
    expect([...steps.values()].every(hasEnded)).toBe(true);
  });

  it("quotes the last lines of a step that failed", async () => {
    const folder = await makeFolder({
      Dockerfile:
        "FROM busybox:local\nARG WORD\nRUN for i in $(seq 30); do echo line $i; done; printf 'no end'; exit 42\n",
    });
    const failure = await failureOf(build(folder, { buildArgs: { WORD: randomUUID() } }));
    expect(failure).toMatchObject({ kind: "build-failed", line: 3 });
    const { message, output } = failure as { message: string; output: readonly string[] };
    expect(message).toBe("exit code: 42");
    expect(output).toEqual([
      ...Array.from({ length: 9 }, (_, index) => `line ${index + 22}`),
      "no end",
    ]);
  });

  it("tells the failure of a Dockerfile that is too long to be quoted in an answer", async () => {
    const comments = Array.from({ length: 700 }, () => `# ${randomUUID()} ${randomUUID()}`);
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\n${comments.join("\n")}\nRUN echo why; exit 3\n`,
    });
    expect(await failureOf(build(folder))).toMatchObject({
      kind: "build-failed",
      line: 702,
      message: "exit code: 3",
      output: ["why"],
    });
  });

  it("obeys an ignore file of ten thousand rules", async () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => `folder-${index}/**/*.log`);
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nCOPY . /c\nRUN echo ${randomUUID()}; find /c -type f\n`,
      ".dockerignore": `${rules.join("\n")}\nDockerfile\n`,
      "folder-9999/a/b.log": "x",
      "folder-9999/a/b.txt": "x",
    });
    const files = (await logOf(folder)).filter((line) => line.startsWith("/c/"));
    expect(files.sort()).toEqual(["/c/.dockerignore", "/c/folder-9999/a/b.txt"]);
  });
});
