import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { makeReferenceFromUri } from "../../../../src/core/imageReference.js";
import { importBaseImages } from "../../../machine/baseImages.js";
import { skipTest } from "../../skipTest.js";
import {
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "../engineUnderTest.js";
import { readImageFiles } from "./fileSync/imageFiles.js";

const run = promisify(execFile);

describe.each(await buildKitsUnderTest())("bad input for BuildKit of $label", (under) => {
  const { host, hasContainerdStore } = under;
  const engine = engineAt(host);
  beforeAll(() => importBaseImages(host));

  async function build(folder: string): Promise<string> {
    const { result } = await collect(engine.build(buildOf(folder), patience));
    return result.imageId;
  }

  it("names a folder that is deeper than paths can be, and builds once it is ignored", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM scratch\nCOPY . /\n", file: "x" });
    const dig =
      "const fs = require('node:fs'); process.chdir(process.argv[1]);" +
      "for (let left = 10_000; left > 0; left--) { fs.mkdirSync('d'); process.chdir('d'); }";
    await run(process.execPath, ["-e", dig, folder]);
    try {
      const failure = await failureOf(build(folder));
      expect(failure).toMatchObject({
        kind: "context-unreadable",
        path: expect.stringContaining(path.join(folder, "d/d/d")) as string,
        reason: "its path is too long",
      });
      await writeFile(path.join(folder, ".dockerignore"), "d\n");
      expect(Object.keys(await readImageFiles(host, await build(folder)))).toContain("file");
    } finally {
      // Node can't remove what is too deep to be named.
      await run("rm", ["-rf", path.join(folder, "d")]);
    }
  });

  it("ends where COPY asks for links in a circle, with the line, and builds without", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM scratch\nCOPY a/x /\n", file: "x" });
    await symlink("b", path.join(folder, "a"));
    await symlink("a", path.join(folder, "b"));
    expect(await failureOf(build(folder))).toMatchObject({ kind: "build-failed", line: 2 });
    await writeFile(path.join(folder, "Dockerfile"), "FROM scratch\nCOPY . /\n");
    const files = await readImageFiles(host, await build(folder));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(["a", "b", "file"]));
  });

  it("says that it has no exporter that pushes, and builds without", async (context) => {
    if (hasContainerdStore) skipTest(context, "it has the exporter");
    const mark = randomUUID();
    const folder = await makeFolder({ Dockerfile: `FROM scratch\nLABEL mark=${mark}\n` });
    const reference = makeReferenceFromUri("127.0.0.1:9/no/where", { tag: "v1" });
    const target = { references: [reference], compression: "gzip" } as const;
    const pushing = collect(engine.buildAndPush(buildOf(folder), target, patience));
    expect(await failureOf(pushing)).toMatchObject({ kind: "builder-lacks", feature: "exporter" });
    expect(await build(folder)).toMatch(/^sha256:/);
  });
});
