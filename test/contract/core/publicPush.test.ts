import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import { publicRegistry } from "../../../src/core/registry.js";
import { useLocalRegistry } from "../aws/localRegistry.js";
import { testEngines } from "../engines.js";
import { freshFiles, Pipeline, requestFor } from "./pipeline.js";

const here = useLocalRegistry();

describe.each(await testEngines())("pushing to a public registry with $label", ({ host }) => {
  let pipeline: Pipeline;
  beforeEach(() => {
    here.registry = makeOpenRegistry()(publicRegistry("dev", here.local.origin));
    pipeline = new Pipeline(here, host);
  });
  afterEach(async () => {
    await pipeline.tidy();
    expect(pipeline.leaks()).toEqual([]);
  });

  it("creates the repository, and the image is there under its alias", async () => {
    const { pushed, failure } = await pipeline.push(await requestFor(freshFiles()));
    expect(failure).toBeUndefined();
    const repository = await here.registry.findRepository("team/api", here.signal);
    const image = await here.registry.findImage("team/api", { tag: "1.0" }, here.signal);
    expect(repository?.uri).toMatch(new RegExp(`^${here.local.host}/a\\w+/team/api$`));
    expect(pushed).toMatchObject({
      repository: { name: "team/api", uri: repository?.uri },
      digest: image?.digest,
      pinnedReference: `${repository?.uri ?? ""}@${image?.digest ?? ""}`,
    });
    expect(await pipeline.localNames()).toEqual([`${repository?.uri ?? ""}:1.0`]);
  });
});
