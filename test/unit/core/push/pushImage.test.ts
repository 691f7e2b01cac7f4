import { beforeEach, describe, expect, it } from "vitest";
import { digestOf } from "../../../fakes/digestOf.js";
import { eventText, PushRig } from "./pushRig.js";

const URI = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api";
const GOLDEN = new URL("../../../fixtures/core/", import.meta.url).pathname;

let rig: PushRig;
beforeEach(() => {
  rig = new PushRig();
});

describe("pushImage", () => {
  it("says each step of a first push in order, and returns what ECR shows", async () => {
    const { events, pushed } = await rig.push({
      create: { tagMutability: "immutable" },
      platforms: ["linux/amd64"],
    });
    await expect(eventText(events)).toMatchFileSnapshot(`${GOLDEN}push-first.txt`);
    const repository = await rig.registry.findRepository("team/api", rig.cancel.signal);
    const image = await rig.registry.findImage("team/api", { tag: "1.0" }, rig.cancel.signal);
    expect(repository?.tagMutability.default).toBe("immutable");
    expect(pushed).toEqual({
      repository,
      tags: ["1.0"],
      digest: image?.digest,
      pinnedReference: `${URI}@${image?.digest ?? ""}`,
      sizeBytes: 2000,
      platforms: ["linux/amd64"],
      wasThere: false,
    });
    expect(rig.engine.names).toEqual([[`${URI}:1.0`, digestOf('["base","app"]')]]);
  });

  it("builds what the request says, with the token for private base images", async () => {
    rig.registry.addRepository("team/api");
    await rig.push({ platforms: ["linux/arm64"] });
    expect(rig.engine.builds).toEqual([
      {
        dockerfile: "/shop/api/Dockerfile",
        context: "/shop/api",
        platforms: ["linux/arm64"],
        findToken: expect.any(Function) as unknown,
      },
    ]);
    const found = await rig.engine.builds[0]?.findToken?.(rig.registry.host, rig.cancel.signal);
    expect(found).toEqual({ token: rig.tokens.held(rig.registry.location), profile: "dev" });
  });

  it("does not send again what ECR holds", async () => {
    rig.registry.addRepository("team/api");
    await rig.push();
    const { events, pushed } = await rig.push();
    await expect(eventText(events)).toMatchFileSnapshot(`${GOLDEN}push-again.txt`);
    expect(pushed?.wasThere).toBe(true);
    expect(rig.engine.calls.names.filter((name) => name === "push")).toHaveLength(1);
  });

  it("gives every tag to the image and sends its layers once", async () => {
    rig.registry.addRepository("team/api");
    const { events, pushed } = await rig.push({ tags: ["1.0", "latest"] });
    await expect(eventText(events)).toMatchFileSnapshot(`${GOLDEN}push-two-tags.txt`);
    expect(pushed?.tags).toEqual(["1.0", "latest"]);
    const image = await rig.registry.findImage("team/api", { tag: "latest" }, rig.cancel.signal);
    expect(image).toMatchObject({ digest: pushed?.digest, tags: ["1.0", "latest"] });
  });

  it("pushes only the tag that is new, and does not claim that all were there", async () => {
    rig.registry.addRepository("team/api");
    await rig.push();
    const { events, pushed } = await rig.push({ tags: ["1.0", "latest"] });
    expect(events.filter((event) => event.type === "pushing")).toEqual([
      { type: "pushing", reference: `${URI}:latest` },
    ]);
    expect(pushed?.wasThere).toBe(false);
  });

  it("pushes a local image without building", async () => {
    rig.registry.addRepository("team/api");
    rig.engine.load(["base", "other"], "docker.io/library/api:dev");
    const source = { kind: "local-image", image: "docker.io/library/api:dev" } as const;
    const { events, pushed } = await rig.push({ source });
    expect(events.flatMap((event) => (event.type === "phase" ? event.phase : []))).toEqual([
      "preflight",
      "tag",
      "push",
      "verify",
    ]);
    expect(pushed?.digest).toBe(digestOf(`manifest of ${digestOf('["base","other"]')}`));
    expect(rig.engine.builds).toEqual([]);
  });

  it("leaves an immutable tag that names this very local image already", async () => {
    rig.registry.addRepository("team/api", { default: "immutable", exclusions: [] });
    rig.engine.load(["base"], "docker.io/library/api:dev");
    const source = { kind: "local-image", image: "docker.io/library/api:dev" } as const;
    await rig.push({ source });
    expect((await rig.push({ source })).pushed?.wasThere).toBe(true);
  });

  it("moves a tag that may move", async () => {
    rig.registry.addRepository("team/api");
    rig.registry.putImage("team/api", { digest: digestOf("old"), tag: "1.0" });
    const { pushed } = await rig.push();
    expect(pushed).toMatchObject({ digest: expect.not.stringMatching(digestOf("old")) as string });
    const old = { digest: digestOf("old") };
    expect(await rig.registry.findImage("team/api", old, rig.cancel.signal)).toMatchObject({
      tags: [],
    });
  });

  it("asks for one token, and for no other within half of its life", async () => {
    rig.registry.addRepository("team/api");
    await rig.push({ tags: ["a", "b", "c"] });
    await rig.push({ tags: ["d"] });
    expect(rig.registry.calls.names.filter((name) => name === "fetchToken")).toHaveLength(1);
  });

  it("renews a token that the registry no longer takes, once, and goes on", async () => {
    rig.registry.addRepository("team/api");
    const { events, pushed } = await rig.push({ tags: ["a", "b"] }, (event) => {
      if (event.type === "phase" && event.phase === "push") rig.registry.expireTokens();
    });
    expect(events.filter((event) => event.type === "warning")).toEqual([
      { type: "warning", text: "the registry refuses the login token; it is renewed" },
    ]);
    expect(pushed?.tags).toEqual(["a", "b"]);
    expect(rig.registry.calls.names.filter((name) => name === "fetchToken")).toHaveLength(2);
    expect(rig.engine.calls.names.filter((name) => name === "push")).toHaveLength(3);
  });

  it("waits while ECR shows a new image late, and no longer", async () => {
    rig.registry.addRepository("team/api");
    const { pushed } = await rig.push({}, (event) => {
      if (event.type === "phase" && event.phase === "verify") rig.registry.hideImages(2);
    });
    expect(pushed).toBeDefined();
    expect(rig.pauses).toEqual([500, 1500]);
  });
});
