import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readZip } from "./zipFile.js";

/** The part of esbuild's metafile that tells which file came from where. */
interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly inputs: Readonly<Record<string, unknown>>;
        readonly imports: readonly { readonly path: string; readonly kind: string }[];
      }
    >
  >;
}

const project = path.resolve(import.meta.dirname, "../../..");
const golden = path.join(project, "test/fixtures/package/vsix.txt");
/** Folders that are made by work on the project, or large; the package never needs them. */
const LEFT_BEHIND = new Set([".git", ".cache", ".vscode-test", "node_modules", "dist", "out"]);
const MAX_VSIX_BYTES = 1_000_000;
const MAX_ENTRY_BYTES = 60_000;

let copy: string;
let vsix: Buffer;
let files: ReadonlyMap<string, Buffer>;
let outputs: Metafile["outputs"];

// A copy is packaged, because other tests run what is in the project's own dist folder.
beforeAll(async () => {
  copy = mkdtempSync(path.join(tmpdir(), "ecr-package-"));
  cpSync(project, copy, {
    recursive: true,
    filter: (source) => !LEFT_BEHIND.has(path.relative(project, source)),
  });
  symlinkSync(path.join(project, "node_modules"), path.join(copy, "node_modules"));
  await promisify(execFile)("npm", ["run", "package"], { cwd: copy });
  vsix = readFileSync(path.join(copy, "dist/push-to-ecr.vsix"));
  files = readZip(vsix);
  const metafile = JSON.parse(readFileSync(path.join(copy, "out/meta.json"), "utf8")) as Metafile;
  outputs = metafile.outputs;
});

afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

describe("the package", () => {
  it("holds exactly the files it should", async () => {
    const names = [...files.keys()].map((name) =>
      name
        .replace(/^(extension\/dist)\/[\w-]+-[A-Z0-9]{8}\.cjs$/, "$1/<chunk>.cjs")
        .replace(/^(extension\/media)\/.+$/, "$1/<file>"),
    );
    await expect([...new Set(names)].sort().join("\n") + "\n").toMatchFileSnapshot(golden);
  });

  it("holds every picture", () => {
    const media = readdirSync(path.join(project, "media"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(project, path.join(entry.parentPath, entry.name)))
      .map((file) => `extension/${file}`);
    const packed = [...files.keys()].filter((name) => name.startsWith("extension/media/"));
    expect(packed.sort()).toEqual(media.sort());
  });

  it("holds every file that the bundle consists of", () => {
    const bundled = Object.keys(outputs).map((file) => `extension/${file}`);
    expect([...files.keys()]).toEqual(expect.arrayContaining(bundled));
    expect(bundled.length).toBeGreaterThan(1);
  });

  it("holds no source map, and no path of the machine that made it", () => {
    const places = [project, copy, homedir()];
    for (const [name, content] of files) {
      const text = content.toString("latin1");
      const found = [...places, "sourceMappingURL="].filter((place) => text.includes(place));
      expect(found, name).toEqual([]);
    }
  });

  it(`is smaller than ${String(MAX_VSIX_BYTES)} bytes`, () => {
    expect(vsix.length).toBeLessThan(MAX_VSIX_BYTES);
  });
});

describe("the code that VS Code loads at activation", () => {
  /** The entry, and the chunks that it loads at once. */
  function activated(): readonly string[] {
    const found = new Set(["dist/extension.cjs"]);
    for (const file of found) {
      for (const { path: imported, kind } of outputs[file]?.imports ?? []) {
        if (kind === "import-statement" && imported in outputs) found.add(imported);
      }
    }
    return [...found];
  }

  it(`is smaller than ${String(MAX_ENTRY_BYTES)} bytes`, () => {
    const sizes = activated().map((file) => files.get(`extension/${file}`)?.length ?? Infinity);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_ENTRY_BYTES);
  });

  it("is the project's own: no SDK, no dockerode, no other dependency", () => {
    const inputs = activated().flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
    expect(inputs).toContain("src/extension.ts");
    expect(inputs.filter((input) => !input.startsWith("src/"))).toEqual([]);
  });
});
