import { describe, expect, it } from "vitest";
import type { ContextNode } from "../../../../src/core/context/contextContents.js";
import { ContextTree } from "../../../../src/docker/context/contextTree.js";

function countRows(tree: ContextNode): number {
  let rows = 0;
  const waiting = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    rows++;
    waiting.push(...node.children);
  }
  return rows;
}

describe("the tree of a context", () => {
  it("adds up folders, and sorts the biggest first, then what is not sent", () => {
    const tree = new ContextTree();
    tree.addUnsent("dist", true, "ignored");
    tree.addFile("a", 1);
    tree.openFolder("data");
    tree.addFile("data/x", 5);
    tree.openFolder("data/empty");
    tree.closeFolder();
    tree.addUnsent("data/closed", true, "unreadable");
    tree.closeFolder();
    tree.addFile("b", 2);
    const root = tree.closeFolder();
    expect(root).toMatchObject({ path: "", files: 3, bytes: 8 });
    expect(root.children.map(({ path, bytes, state }) => [path, bytes, state])).toEqual([
      ["data", 5, "sent"],
      ["b", 2, "sent"],
      ["a", 1, "sent"],
      ["dist", 0, "ignored"],
    ]);
    expect(root.children[0]?.children.map(({ path }) => path)).toEqual(["data/x", "data/closed"]);
  });

  it("keeps the biggest of a crowded folder, and says what the rest comes to", () => {
    const tree = new ContextTree();
    for (let size = 0; size < 5000; size++) tree.addFile(`f${size}`, size);
    for (let index = 0; index < 5000; index++) tree.addUnsent(`i${index}`, false, "ignored");
    const root = tree.closeFolder();
    const sent = root.children.filter(({ state }) => state === "sent");
    expect(sent.map(({ bytes }) => bytes)).toEqual(Array.from({ length: 100 }, (_, i) => 4999 - i));
    expect(root.children).toHaveLength(200);
    expect(root).toMatchObject({ files: 5000, bytes: (4999 * 5000) / 2 });
    expect(root.rest.entries).toBe(9800);
    expect(root.rest.files).toBe(4900);
    expect(root.rest.bytes + sent.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(root.bytes);
  });

  it.each([
    ["of the same size", (): number => 1_000_000],
    ["of any size", (index: number): number => (index * 7919) % 100_000],
    ["that are empty", (): number => 0],
  ])("stays small with many folders full of files %s", (_, sizeOf) => {
    const tree = new ContextTree();
    let bytes = 0;
    for (let outer = 0; outer < 300; outer++) {
      tree.openFolder(`d${outer}`);
      for (let inner = 0; inner < 100; inner++) {
        tree.openFolder(`d${outer}/${inner}`);
        for (let file = 0; file < 10; file++) {
          const size = sizeOf(outer * 1000 + inner * 10 + file);
          tree.addFile(`d${outer}/${inner}/${file}`, size);
          bytes += size;
        }
        tree.closeFolder();
      }
      tree.closeFolder();
    }
    const root = tree.closeFolder();
    expect(root).toMatchObject({ files: 300_000, bytes });
    expect(countRows(root)).toBeLessThanOrEqual(20_000);
  });

  it("takes a chain of folders as deep as it likes", () => {
    const tree = new ContextTree();
    for (let depth = 1; depth <= 30_000; depth++) tree.openFolder(String(depth));
    tree.addFile("deep", 3);
    for (let depth = 1; depth <= 30_000; depth++) tree.closeFolder();
    expect(tree.closeFolder()).toMatchObject({ files: 1, bytes: 3 });
  });
});
