import { execFile } from "node:child_process";
import { chmod, link, mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PacedDisk } from "../../../../src/docker/buildkit/fileSyncDisk.js";
import { includeRules } from "../../../../src/docker/buildkit/fileSyncFilter.js";
import {
  type MeasuredContext,
  MeasuringWalk,
} from "../../../../src/docker/context/measuringWalk.js";
import { parseDockerignore } from "../../../../src/docker/dockerignore.js";
import { TempFolder } from "../buildkit/fileSync/tempFolder.js";

const run = promisify(execFile);
/** Making ten thousand folders takes its time on a machine that does other things. */
const SLOW_MS = 60_000;

let folder: TempFolder;
beforeEach(async () => {
  folder = await TempFolder.make();
});
afterEach(() => folder.remove(), SLOW_MS);

interface Measured extends MeasuredContext {
  /** Each file's size, as it was told. */
  readonly sizes: number[];
}

async function measure(
  ignore = "",
  paths?: readonly string[],
  signal = new AbortController().signal,
): Promise<Measured> {
  const sizes: number[] = [];
  const includes = paths && (await includeRules(folder.root, [], paths, "linux"));
  const walk = { root: folder.root, includes, excludes: parseDockerignore(ignore, "linux") };
  const measuring = new MeasuringWalk(
    { ...walk, sharesLinks: true },
    new PacedDisk(),
    (size) => sizes.push(size),
    signal,
  );
  return { ...(await measuring.run()), sizes };
}

/** The rows of the context folder: path, state and bytes. */
function rows({ tree }: Measured): unknown[] {
  return tree.children.map(({ path: name, state, bytes }) => [name, state, bytes]);
}

describe("measuring a folder", () => {
  it("counts what is sent, and shows what is ignored", async () => {
    await folder.write("src/a", "12345");
    await folder.write("src/b.log", "x");
    await folder.write("dist/deep/c", "x");
    await folder.write("keep/no", "x");
    await folder.write("keep/yes", "123");
    const measured = await measure("dist\n**/*.log\nkeep/*\n!keep/yes\n");
    expect(measured.tree).toMatchObject({ files: 2, bytes: 8 });
    expect(measured.sizes.sort()).toEqual([3, 5]);
    // An ignored folder counts once, as nobody looks into it.
    expect(measured.ignored).toBe(3);
    expect(rows(measured)).toEqual([
      ["src", "sent", 5],
      ["keep", "sent", 3],
      ["dist", "ignored", 0],
    ]);
  });

  it("counts only what is asked for, and links with what they lead to", async () => {
    await folder.write("src/a", "12345");
    await folder.write("data/big", "x".repeat(1000));
    await folder.write(".env", "x");
    await symlink("../data/big", folder.at("src/link"));
    expect((await measure("", ["src/a"])).tree).toMatchObject({ files: 1, bytes: 5 });
    expect((await measure("", ["src/link"])).tree).toMatchObject({ files: 1, bytes: 1000 });
    expect((await measure("", ["src/a"])).findings).toEqual([]);
  });

  it("goes round no loop, counts shared bytes once, and takes names as they are", async () => {
    await folder.write("a/ünï – 文件", "123");
    await symlink("..", folder.at("a/up"));
    await symlink("self", folder.at("self"));
    await link(folder.at("a/ünï – 文件"), folder.at("same"));
    const measured = await measure();
    expect(measured.tree).toMatchObject({ files: 2, bytes: 3 });
  });

  it("counts no sockets and pipes", async () => {
    await run("mkfifo", [folder.at("pipe.key")]);
    const server = createServer().listen(folder.at("socket"));
    await folder.write("file", "1");
    try {
      expect((await measure()).tree).toMatchObject({ files: 1, bytes: 1 });
    } finally {
      server.close();
    }
  });

  it(
    "sums up twenty thousand files in one folder, and the sizes of sparse ones",
    async () => {
      await mkdir(folder.at("many"));
      for (let index = 0; index < 20_000; index++)
        await writeFile(folder.at(`many/${index}`), "ab");
      await writeFile(folder.at("sparse"), "");
      await truncate(folder.at("sparse"), 5_000_000_000);
      const { tree } = await measure();
      expect(tree).toMatchObject({ files: 20_001, bytes: 5_000_040_000 });
      expect(tree.children.map(({ path: name }) => name)).toEqual(["sparse", "many"]);
      expect(tree.children[1]?.children).toHaveLength(100);
    },
    SLOW_MS,
  );

  it(
    "lets others have their turn all the while",
    async () => {
      for (let index = 0; index < 3000; index++)
        await folder.write(`many/${index % 7}/${index}`, "");
      let turns = 0;
      const others = setInterval(() => turns++, 1);
      const { tree } = await measure();
      clearInterval(others);
      expect(tree.files).toBe(3000);
      expect(turns).toBeGreaterThan(3);
    },
    SLOW_MS,
  );

  it(
    "marks a folder that is deeper than paths can be",
    async () => {
      await folder.write("file", "123");
      await folder.writeDeep("deep", 10_000);
      const { tree } = await measure();
      expect(tree).toMatchObject({ files: 1, bytes: 3 });
      let depth = 0;
      let state = "";
      for (let node = tree.children[1]; node; node = node.children[0]) {
        depth++;
        ({ state } = node);
      }
      expect(state).toBe("unreadable");
      expect(depth).toBeGreaterThan(1000);
    },
    SLOW_MS,
  );

  it(
    "marks what may not be read, unless it is ignored",
    async () => {
      await chmod(folder.root, 0o755);
      await folder.write("closed/file", "x");
      await folder.write("open/file", "x");
      await folder.write("hidden.pem", "PRIVATE KEY", 0);
      await chmod(folder.at("closed"), 0);
      const program = path.join(import.meta.dirname, "measureWithoutRights.ts");
      const report = async (ignore: string): Promise<unknown> => {
        const { stdout } = await run(process.execPath, [
          "--import",
          "tsx",
          program,
          folder.root,
          ignore,
        ]);
        return JSON.parse(stdout) as unknown;
      };
      expect(await report("")).toEqual({
        rows: ["sent hidden.pem", "sent open", "unreadable closed"],
        // Nobody knows what it holds, so its name counts.
        findings: ["private-key hidden.pem"],
      });
      expect(await report("closed")).toMatchObject({
        rows: ["sent hidden.pem", "sent open", "ignored closed"],
      });
    },
    SLOW_MS,
  );

  it("ends at once when nobody waits any more", async () => {
    await folder.write("a/b/c", "x");
    await expect(measure("", undefined, AbortSignal.abort())).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  it("fails for a context that is not there", async () => {
    await folder.remove();
    await expect(measure()).rejects.toMatchObject({
      failure: { kind: "context-unreadable", reason: "it does not exist" },
    });
  });
});

describe("findings", () => {
  it("name folders as a whole, with their size, and nothing in them", async () => {
    await folder.write(".git/objects/1", "12345");
    await folder.write(".git/config", "1");
    await folder.write("app/.venv/lib/cacert.pem", "PRIVATE KEY");
    await folder.write("node_modules/x/.env", "12");
    await folder.write(".aws/credentials", "x");
    const { findings } = await measure();
    expect(findings.map(({ path: name, why, files, bytes }) => [name, why, files, bytes])).toEqual(
      expect.arrayContaining([
        [".git", "git-history", 2, 6],
        ["app/.venv", "virtual-environment", 1, 11],
        ["node_modules", "packages", 1, 2],
        [".aws", "credentials", 1, 1],
      ]),
    );
    expect(findings).toHaveLength(4);
  });

  it("name files by what they hold, and nothing that is not sent", async () => {
    await folder.write("a/.env", "x");
    await folder.write("a/.env.example", "x");
    await folder.write("ca.pem", "CERTIFICATE");
    await folder.write("server.pem", "PRIVATE KEY");
    await folder.write("ignored/.env", "x");
    await folder.write(".git/x", "x");
    const { findings } = await measure("ignored\n.git/*");
    expect(findings.map(({ path: name }) => name).sort()).toEqual(["a/.env", "server.pem"]);
  });

  it("are no endless list", async () => {
    for (let index = 0; index < 150; index++) await folder.write(`${index}.env`, "x");
    expect((await measure()).findings).toHaveLength(100);
  });
});
