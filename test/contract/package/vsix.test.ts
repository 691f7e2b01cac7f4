import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectFolder } from "../../machine/folders.js";
import {
  filesLoadedWith,
  makePackagedCopy,
  type PackagedCopy,
} from "../../machine/packagedCopy.js";
import { readZip } from "./zipFile.js";

const golden = path.join(projectFolder, "test/fixtures/package/vsix.txt");
const MAX_VSIX_BYTES = 1_000_000;
const MAX_ENTRY_BYTES = 60_000;

let copy: PackagedCopy;
let vsix: Buffer;
let files: ReadonlyMap<string, Buffer>;

beforeAll(async () => {
  copy = await makePackagedCopy();
  vsix = readFileSync(copy.vsixFile);
  files = readZip(vsix);
  return copy.remove;
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
    const media = readdirSync(path.join(projectFolder, "media"), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(projectFolder, path.join(entry.parentPath, entry.name)))
      .map((file) => `extension/${file}`);
    const packed = [...files.keys()].filter((name) => name.startsWith("extension/media/"));
    expect(packed.sort()).toEqual(media.sort());
  });

  it("holds every file that the bundle consists of", () => {
    const bundled = Object.keys(copy.outputs).map((file) => `extension/${file}`);
    expect([...files.keys()]).toEqual(expect.arrayContaining(bundled));
    expect(bundled.length).toBeGreaterThan(1);
  });

  it("holds no source map, and no path of the machine that made it", () => {
    const places = [projectFolder, copy.folder, homedir()];
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
  const activated = (): readonly string[] => filesLoadedWith(copy.outputs, "dist/extension.cjs");

  it(`is smaller than ${String(MAX_ENTRY_BYTES)} bytes`, () => {
    const sizes = activated().map((file) => files.get(`extension/${file}`)?.length ?? Infinity);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_ENTRY_BYTES);
  });

  it("is the project's own: no SDK, no dockerode, no other dependency", () => {
    const inputs = activated().flatMap((file) => Object.keys(copy.outputs[file]?.inputs ?? {}));
    expect(inputs).toContain("src/extension.ts");
    expect(inputs.filter((input) => !input.startsWith("src/"))).toEqual([]);
  });
});
