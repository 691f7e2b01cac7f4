import { describe, expect, it } from "vitest";
import type { Profile } from "../../../src/core/ports.js";
import { KnownAccounts } from "../../../src/ui/knownAccounts.js";
import { InMemoryMemento } from "../../fakes/inMemoryMemento.js";

const dev: Profile = { name: "dev", region: undefined, source: "keys", fingerprint: "one" };

describe("KnownAccounts", () => {
  it("remembers what AWS told until the profile changes", async () => {
    const memento = new InMemoryMemento();
    await new KnownAccounts(memento).remember(dev, "210987654321");
    const accounts = new KnownAccounts(memento);
    expect(accounts.recall(dev)).toBe("210987654321");
    expect(accounts.recall({ ...dev, fingerprint: "two" })).toBeUndefined();
    expect(accounts.recall({ ...dev, name: "other" })).toBeUndefined();
  });

  it("believes the files first", async () => {
    const accounts = new KnownAccounts(new InMemoryMemento());
    const named = { ...dev, accountId: "111111111111" };
    await accounts.remember(named, "210987654321");
    expect(accounts.recall(named)).toBe("111111111111");
    expect(accounts.recall(dev)).toBeUndefined();
  });
});
