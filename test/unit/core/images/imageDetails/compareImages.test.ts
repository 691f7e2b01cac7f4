import { describe, expect, it } from "vitest";
import {
  compareConfigs,
  compareLayers,
} from "../../../../../src/core/images/imageDetails/compareImages.js";
import { parseImageConfig } from "../../../../../src/core/images/imageDetails/imageConfig.js";

const layers = (...list: readonly (readonly [string, number])[]) => ({
  layers: list.map(([digest, sizeBytes]) => ({ digest, sizeBytes, mediaType: undefined })),
});

describe("compareLayers", () => {
  it("tells what is shared, and what each has alone", () => {
    const compared = compareLayers(
      layers(["base", 100], ["a", 10]),
      layers(["base", 100], ["b", 20], ["c", 30]),
    );
    expect(compared).toMatchObject({ sharedBytes: 100, onlyFirstBytes: 10, onlySecondBytes: 50 });
    expect(compared.layers.map(({ layer, isIn }) => [layer.digest, isIn])).toEqual([
      ["base", "both"],
      ["a", "first"],
      ["b", "second"],
      ["c", "second"],
    ]);
  });

  it("counts a layer once that an image has twice", () => {
    const compared = compareLayers(layers(["e", 32], ["e", 32]), layers(["e", 32]));
    expect(compared.sharedBytes).toBe(32);
    expect(compared.layers).toHaveLength(1);
  });
});

describe("compareConfigs", () => {
  const config = (fields: object) => {
    const parsed = parseImageConfig(
      JSON.stringify({ os: "linux", architecture: "amd64", ...fields }),
    );
    if (!parsed) throw new Error("no config");
    return parsed;
  };

  it("lists nothing where nothing differs, whatever the order of ports and variables", () => {
    const first = { config: { Env: ["A=1", "B=2"], ExposedPorts: { "1/tcp": {}, "2/tcp": {} } } };
    const second = { config: { Env: ["B=2", "A=1"], ExposedPorts: { "2/tcp": {}, "1/tcp": {} } } };
    expect(compareConfigs(config(first), config(second))).toEqual([]);
  });

  it("lists what was added, went and changed, each variable and label by its name", () => {
    const first = { config: { Env: ["A=1", "GONE=1"], Cmd: ["a b"], User: "1" } };
    const second = {
      architecture: "arm64",
      config: { Env: ["A=2"], Cmd: ["a", "b"], User: "1", Labels: { v: "2" } },
    };
    expect(compareConfigs(config(first), config(second))).toEqual([
      { field: "platform", name: undefined, first: "linux/amd64", second: "linux/arm64" },
      { field: "command", name: undefined, first: '["a b"]', second: '["a","b"]' },
      { field: "variable", name: "A", first: "1", second: "2" },
      { field: "variable", name: "GONE", first: "1", second: undefined },
      { field: "label", name: "v", first: undefined, second: "2" },
    ]);
  });
});
