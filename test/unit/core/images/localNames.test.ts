import { beforeEach, describe, expect, it } from "vitest";
import { formatImageReference, parseImageReference } from "../../../../src/core/imageReference.js";
import { giveName, type LocalName, takeNamesBack } from "../../../../src/core/images/localNames.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";
import { ScriptedEngine } from "../../../fakes/scriptedEngine.js";

const reference = parseImageReference("host/team/api:1.0");
const name = formatImageReference(reference);
const { signal } = new AbortController();

let engine: ScriptedEngine;
let names: LocalName[];
beforeEach(() => {
  engine = new ScriptedEngine(new InMemoryRegistry());
  names = [];
});

describe("giveName", () => {
  it("gives a new name, which taking back removes", async () => {
    const id = engine.load(["a"]);
    await giveName(engine, id, reference, names, signal);
    expect(engine.names).toEqual([[name, id]]);
    expect(await takeNamesBack(engine, names)).toEqual([]);
    expect(engine.names).toEqual([]);
  });

  it("moves a name, which taking back puts where it was", async () => {
    const old = engine.load(["old"], name);
    const id = engine.load(["new"]);
    await giveName(engine, id, reference, names, signal);
    expect(engine.names).toEqual([[name, id]]);
    await takeNamesBack(engine, names);
    expect(engine.names).toEqual([[name, old]]);
  });

  it("leaves a name that the image has already, and so does taking back", async () => {
    const id = engine.load(["a"], name);
    await giveName(engine, id, reference, names, signal);
    expect(names).toEqual([]);
    await takeNamesBack(engine, names);
    expect(engine.names).toEqual([[name, id]]);
  });

  it("notes the name though the answer to it is not heard any more", async () => {
    const id = engine.load(["a"]);
    const cancel = new AbortController();
    engine.calls.plan("tag done", () => {
      cancel.abort();
    });
    const giving = giveName(engine, id, reference, names, cancel.signal);
    await expect(giving).rejects.toMatchObject({ name: "AbortError" });
    expect(names).toEqual([{ reference, previousImageId: undefined }]);
  });
});

describe("takeNamesBack", () => {
  it("keeps an image that the engine would drop with its last name, and says so", async () => {
    const id = engine.load(["a"]);
    const other = parseImageReference("host/team/api:2.0");
    await giveName(engine, id, reference, names, signal);
    await giveName(engine, id, other, names, signal);
    expect(await takeNamesBack(engine, names, true)).toEqual([
      {
        type: "warning",
        text: "the local name host/team/api:2.0 stays: the image had no other, and would go with it",
      },
    ]);
    expect(engine.names).toEqual([["host/team/api:2.0", id]]);
    expect(await engine.findImage(id, signal)).toBeDefined();
  });

  it("keeps such an image without a name when one of its names moves back", async () => {
    const old = engine.load(["old"], name);
    const id = engine.load(["a"]);
    await giveName(engine, id, reference, names, signal);
    const other = parseImageReference("host/team/api:2.0");
    await giveName(engine, id, other, names, signal);
    expect(await takeNamesBack(engine, names, true)).toEqual([]);
    expect(engine.names).toEqual([[name, old]]);
    expect(await engine.findImage(id, signal)).toMatchObject({ references: [] });
  });

  it("warns of each name that stays and goes on with the others", async () => {
    const id = engine.load(["a"]);
    const other = parseImageReference("host/team/api:2.0");
    await giveName(engine, id, reference, names, signal);
    await giveName(engine, id, other, names, signal);
    engine.calls.plan("untag", () => {
      throw new Error("busy");
    });
    expect(await takeNamesBack(engine, names)).toEqual([
      { type: "warning", text: `the local name ${name} stays: Error: busy` },
    ]);
    expect(engine.names).toEqual([[name, id]]);
  });
});
