import { describe, expect, it } from "vitest";
import { EcrError } from "../../../../../src/core/errors.js";
import { readExpiry } from "../../../../../src/core/images/imageDetails/expiry.js";
import {
  readDetails,
  readPlatform,
} from "../../../../../src/core/images/imageDetails/readDetails.js";
import { readSide } from "../../../../../src/core/images/imageDetails/readSide.js";
import { InMemoryRegistry } from "../../../../fakes/inMemoryRegistry.js";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const { signal } = new AbortController();
const CONFIG = "application/vnd.oci.image.config.v1+json";

function fill(): InMemoryRegistry {
  const registry = new InMemoryRegistry();
  registry.addRepository("team/api");
  registry.putImage("team/api", { digest: digest("a"), tag: "v1", sizeBytes: 5 });
  registry.manifestTexts.set(
    digest("a"),
    JSON.stringify({
      config: { mediaType: CONFIG, digest: digest("c"), size: 9 },
      layers: [{ digest: digest("1"), size: 5 }],
    }),
  );
  registry.contents.configs.set(
    digest("c"),
    JSON.stringify({ os: "linux", architecture: "amd64", history: [{ created_by: "COPY a b" }] }),
  );
  return registry;
}

async function readAll(registry: InMemoryRegistry, of: string) {
  const told = new Map<string, unknown>();
  await readDetails(registry, "team/api", of, signal, (id, outcome) => told.set(id, outcome));
  return told;
}

describe("readDetails", () => {
  it("tells each part, and asks for each once", async () => {
    const registry = fill();
    const told = await readAll(registry, digest("a"));
    expect(told.get("image")).toMatchObject({ state: "known", value: { tags: ["v1"] } });
    expect(told.get("manifest")).toMatchObject({ value: { config: { digest: digest("c") } } });
    expect(told.get("referrers")).toEqual({ state: "known", value: { list: [], isCut: false } });
    expect(told.get("expiry")).toEqual({ state: "known", value: { kind: "no-policy" } });
  });

  it("tells of an image that is not there, which is no failure", async () => {
    const told = await readAll(fill(), digest("0"));
    expect(told.get("image")).toEqual({ state: "known", value: undefined });
  });

  it("lets a part fail by itself", async () => {
    const registry = fill();
    const denied = new EcrError({
      ...{ kind: "access-denied", action: "ecr:ListImageReferrers" },
      ...{ resource: undefined, principal: undefined },
    });
    registry.contents.readReferrers = () => Promise.reject(denied);
    const told = await readAll(registry, digest("a"));
    expect(told.get("referrers")).toEqual({ state: "failed", error: denied });
    expect(told.get("image")).toMatchObject({ state: "known" });
    expect(told.get("manifest")).toMatchObject({ state: "known" });
  });

  it("ends with a cancellation, and tells nothing of it", async () => {
    const stop = new AbortController();
    stop.abort();
    const told: string[] = [];
    const work = readDetails(fill(), "team/api", digest("a"), stop.signal, (id) => told.push(id));
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    expect(told).toEqual([]);
  });
});

describe("readPlatform", () => {
  it("tells config, layers and findings page by page", async () => {
    const registry = fill();
    const scan = {
      state: "complete",
      note: undefined,
      completedAt: undefined,
      counts: {},
    } as const;
    const page = { scan, findings: [], isCut: false };
    registry.contents.findings.set(digest("a"), [page, page]);
    const told: string[] = [];
    await readPlatform(registry, "team/api", digest("a"), undefined, signal, (id, outcome) => {
      told.push(`${id} ${outcome.state}`);
      if (id === "contents") {
        expect(outcome).toMatchObject({ value: { config: { platform: "linux/amd64" } } });
      }
    });
    expect(told.sort()).toEqual(["contents known", "findings known", "findings known"]);
  });
});

describe("readSide", () => {
  it("takes the wanted platform of an index, else its first", async () => {
    const registry = new InMemoryRegistry();
    registry.addRepository("team/api");
    const index = digest("e");
    const platforms = { [digest("a")]: "linux/amd64", [digest("b")]: "linux/arm64" };
    registry.putImage("team/api", { digest: index, isIndex: true, platforms });
    registry.manifestTexts.set(
      index,
      JSON.stringify({
        manifests: [
          { digest: digest("a"), platform: { os: "linux", architecture: "amd64" } },
          { digest: digest("b"), platform: { os: "linux", architecture: "arm64" } },
        ],
      }),
    );
    const read = (wanted: string | undefined) =>
      readSide(registry.contents, "team/api", index, wanted, signal);
    expect(await read("linux/arm64")).toMatchObject({
      ...{ digest: digest("b"), platform: "linux/arm64" },
      platforms: ["linux/amd64", "linux/arm64"],
    });
    expect(await read("linux/riscv64")).toMatchObject({ digest: digest("a") });
    expect(await read(undefined)).toMatchObject({ digest: digest("a") });
  });
});

describe("readExpiry", () => {
  const POLICY = JSON.stringify({ rules: [{ rulePriority: 7, description: "Old ones go" }] });

  it("tries nothing where there is no policy", async () => {
    const registry = fill();
    expect(await readExpiry(registry.rules, "team/api", digest("a"), signal)).toEqual({
      kind: "no-policy",
    });
    expect(registry.calls.names).not.toContain("startLifecyclePreview");
  });

  it("names the rule that would take an image, and that none would", async () => {
    const registry = fill();
    registry.rules.lifecyclePolicies.set("team/api", POLICY);
    const effect = { tags: [], pushedAt: undefined, effect: "expire", rulePriority: 7 } as const;
    registry.rules.effects = ["1", "2", "3", "a"].map((letter) => {
      return { ...effect, digest: digest(letter) };
    });
    expect(await readExpiry(registry.rules, "team/api", digest("a"), signal)).toEqual({
      ...{ kind: "goes", effect: "expire", rulePriority: 7, description: "Old ones go" },
    });
    expect(await readExpiry(registry.rules, "team/api", digest("b"), signal)).toEqual({
      kind: "kept",
    });
  });
});
