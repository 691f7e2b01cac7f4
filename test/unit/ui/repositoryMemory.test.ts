import { describe, expect, it } from "vitest";
import type { Profile } from "../../../src/core/ports.js";
import { RepositoryMemory } from "../../../src/ui/repositoryMemory.js";
import { InMemoryMemento } from "../../fakes/inMemoryMemento.js";

const dev: Profile = { name: "dev", region: undefined, source: "keys" };
const west = { profile: "dev", region: "eu-west-1", endpoint: undefined };

describe("RepositoryMemory", () => {
  it("remembers for each repository where it was pushed last, over a new start as well", async () => {
    const state = new InMemoryMemento();
    const memory = new RepositoryMemory(state);
    await memory.remember("team/api", { ...west, region: "us-east-1" });
    await memory.remember("team/api", west);
    await memory.remember("team/site", { ...west, profile: undefined });
    const later = new RepositoryMemory(state);
    expect(later.recall("team/api", [dev])).toEqual({ profile: "dev", region: "eu-west-1" });
    expect(later.recall("team/site", [])).toEqual({ region: "eu-west-1" });
    expect(later.recall("team/other", [dev])).toBeUndefined();
  });

  it("forgets where the profile is gone", async () => {
    const memory = new RepositoryMemory(new InMemoryMemento());
    await memory.remember("team/api", west);
    expect(memory.recall("team/api", [{ ...dev, name: "other" }])).toBeUndefined();
  });
});
