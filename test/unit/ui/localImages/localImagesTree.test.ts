import { beforeEach, describe, expect, it, vi } from "vitest";
import { HeldImages } from "../../../../src/core/images/heldImages.js";
import { EcrError } from "../../../../src/core/errors.js";
import { LocalImagesTree } from "../../../../src/ui/localImages/localImagesTree.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";
import { RecordingLog } from "../../../fakes/recordingLog.js";
import { ScriptedEngine } from "../../../fakes/scriptedEngine.js";

let engine: ScriptedEngine;
let held: HeldImages;
let tree: LocalImagesTree;
let drawn: number;

beforeEach(() => {
  engine = new ScriptedEngine(new InMemoryRegistry());
  const open = (): Promise<ScriptedEngine> => Promise.resolve(engine);
  held = new HeldImages(open);
  const explorer = { ifLoaded: () => undefined };
  tree = new LocalImagesTree({ held, engine: open, explorer, log: new RecordingLog() });
  drawn = 0;
  tree.onDidChangeTreeData(() => (drawn += 1));
});

const labels = async (): Promise<readonly unknown[]> =>
  (await tree.getChildren()).map((node) => tree.getTreeItem(node).label);

describe("LocalImagesTree", () => {
  it("folds what nothing names into one row, at the end", async () => {
    engine.load(["one"]);
    engine.load(["two"], "api:dev");
    engine.load(["three"]);
    expect(await labels()).toEqual(["api:dev", "2 dangling images"]);
    const [, dangling] = await tree.getChildren();
    const children = await tree.getChildren(dangling);
    expect(children).toHaveLength(2);
    expect(children.map((child) => tree.getParent(child))).toEqual([dangling, dangling]);
  });

  it("keeps the ids of rows, whatever is read anew", async () => {
    engine.load(["two"], "api:dev");
    const idOf = async (): Promise<unknown> => {
      const [node] = await tree.getChildren();
      return node && tree.getTreeItem(node).id;
    };
    const before = await idOf();
    engine.load(["one"], "newer:1");
    engine.load(["two"], "api:latest");
    held.forget();
    expect((await labels()).length).toBe(2);
    expect(await idOf()).toBe(before);
  });

  it("adds platforms when the engine has told them, and asks for each image once", async () => {
    engine.load(["two"], "api:dev");
    const [first] = await tree.getChildren();
    expect(first).toMatchObject({ platform: undefined });
    await vi.waitFor(() => {
      expect(drawn).toBe(1);
    });
    const [second] = await tree.getChildren();
    expect(second).toMatchObject({ platform: "linux/amd64" });
    await tree.getChildren();
    expect(engine.calls.names.filter((name) => name === "readPlatforms")).toHaveLength(1);
  });

  it("shows the rows all the same when platforms can't be read", async () => {
    engine.load(["two"], "api:dev");
    engine.calls.plan("readPlatforms", () => {
      throw new EcrError({ kind: "docker-failed", operation: "find image", message: "busy" });
    });
    expect(await labels()).toEqual(["api:dev"]);
    expect(await labels()).toEqual(["api:dev"]);
  });

  it("shows nothing without an engine, and what is there when it is back", async () => {
    engine.load(["two"], "api:dev");
    engine.calls.plan("listImages", () => {
      throw new EcrError({ kind: "docker-unavailable", endpoint: "e", tried: [] });
    });
    expect(await labels()).toEqual([]);
    expect(await labels()).toEqual(["api:dev"]);
  });

  it("keeps what ECR has said of an image", async () => {
    const id = engine.load(["two"], "api:dev");
    const place = { uri: "h/team/api", tags: ["1.4.0"], isSeen: true };
    tree.keepCheck(id, [place]);
    expect((await tree.findImage(id))?.places).toEqual([place]);
    expect(await tree.findImage("sha256:none")).toBeUndefined();
  });
});
