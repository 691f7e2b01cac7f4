import { describe, expect, it } from "vitest";
import type { Finding, FindingsPage } from "../../../../src/core/images/imageDetails/findings.js";
import { DetailsReading } from "../../../../src/ui/details/detailsReading.js";
import { listSections, outcomeOf } from "../../../../src/ui/details/detailsState.js";
import { makeHead, makeSection } from "../../../../src/ui/details/detailsModel.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const CONFIG = "application/vnd.oci.image.config.v1+json";
const location = { profile: "dev", region: "eu-west-1", endpoint: undefined };
const scan = { state: "complete", note: undefined, completedAt: undefined, counts: {} } as const;

const finding = (id: string): Finding => ({
  ...{ id, severity: "low", score: 1, packages: [], hasExploit: undefined },
  ...{ description: "", link: undefined },
});
const page = (...ids: readonly string[]): FindingsPage => {
  return { scan, findings: ids.map(finding), isCut: false };
};

function rig() {
  const registry = new InMemoryRegistry();
  registry.addRepository("team/api");
  registry.putImage("team/api", { digest: digest("a"), tag: "v1", sizeBytes: 5 });
  const config = { mediaType: CONFIG, digest: digest("c"), size: 9 };
  const layers = [{ digest: digest("1"), size: 5 }];
  registry.manifestTexts.set(digest("a"), JSON.stringify({ config, layers }));
  registry.contents.configs.set(digest("c"), JSON.stringify({ config: { Env: ["A=s3cret"] } }));
  const added: string[] = [];
  const drawn: string[] = [];
  const failed: string[] = [];
  const subject = {
    ...{ location, repository: "team/api", repositoryUri: "host/team/api" },
    ...{ digest: digest("a"), tags: [] },
  };
  const reading = new DetailsReading(subject, () => Promise.resolve(registry), {
    onChange: (...sections) => drawn.push(...sections),
    onFindings: (findings) => added.push(...findings.map(({ id }) => id)),
    onFailure: (part) => failed.push(part),
  });
  const settled = async (): Promise<void> => {
    await reading.refresh();
    // The platform is read on its own, so that a choice can end it.
    while (reading.state.isReadingFindings) await new Promise((resolve) => setImmediate(resolve));
  };
  return { registry, reading, added, drawn, failed, subject, settled };
}

describe("DetailsReading", () => {
  it("reads the image, then what it is made of", async () => {
    const { reading, settled } = rig();
    await settled();
    const { state } = reading;
    expect(state).toMatchObject({ isReading: false, isGone: false, platform: digest("a") });
    for (const id of listSections(state)) expect(outcomeOf(state, id)?.state, id).toBe("known");
    expect(listSections(state)).not.toContain("platforms");
  });

  it("hands pages of findings on, and draws the section with the first and at the end", async () => {
    const { registry, reading, added, drawn, settled } = rig();
    registry.contents.findings.set(digest("a"), [page("1", "2"), page("3"), page("4")]);
    await settled();
    expect(added).toEqual(["3", "4"]);
    expect(drawn.filter((id) => id === "findings")).toHaveLength(3);
    expect(outcomeOf(reading.state, "findings")).toMatchObject({
      value: { findings: [{ id: "1" }, { id: "2" }, { id: "3" }, { id: "4" }] },
    });
    await settled();
    expect(outcomeOf(reading.state, "findings")).toMatchObject({
      value: { findings: [{ id: "1" }, { id: "2" }, { id: "3" }, { id: "4" }] },
    });
  });

  it("keeps what was read when somebody deletes the image, and says so", async () => {
    const { registry, reading, subject, settled } = rig();
    await settled();
    const before = reading.state;
    // That the image is gone is known last, when its other parts have told nothing.
    registry.calls.hold = async (name) => {
      if (name !== "findImage") return;
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    registry.deleteRepository("team/api");
    registry.addRepository("team/api");
    await settled();
    expect(reading.state.isGone).toBe(true);
    expect(reading.state.parts).toEqual(before.parts);
    expect(reading.state.platformParts).toEqual(before.platformParts);
    expect(makeHead(subject, reading.state).status).toBe(
      "sha256:aaaa…aa is no longer in team/api; what is shown was read before.",
    );
  });

  it("shows no section of an image that never was there", async () => {
    const { registry, reading, subject, settled } = rig();
    registry.deleteRepository("team/api");
    registry.addRepository("team/api");
    await settled();
    expect(listSections(reading.state)).toEqual([]);
    expect(makeHead(subject, reading.state).status).toBe("sha256:aaaa…aa is not in team/api.");
  });

  it("lets a part fail by itself, and tells why", async () => {
    const { registry, reading, failed, settled } = rig();
    registry.calls.plan("listFindings", () => {
      throw new Error("no findings today");
    });
    await settled();
    expect(failed).toEqual(["findings"]);
    expect(outcomeOf(reading.state, "findings")?.state).toBe("failed");
    expect(outcomeOf(reading.state, "layers")?.state).toBe("known");
    await settled();
    expect(outcomeOf(reading.state, "findings")?.state).toBe("known");
  });

  it("tells why it can't read at all", async () => {
    const { subject, failed } = rig();
    const reading = new DetailsReading(subject, () => Promise.reject(new Error("no code")), {
      onChange: () => undefined,
      onFindings: () => undefined,
      onFailure: (part) => failed.push(part),
    });
    await reading.refresh();
    expect(outcomeOf(reading.state, "image")?.state).toBe("failed");
    expect(failed).toEqual(["image"]);
    const made = makeSection("image", subject, reading.state, () => ({ retry: () => undefined }));
    expect(made.blocks).toMatchObject([
      { kind: "text", text: "Something unforeseen went wrong: no code", tone: "error" },
      { kind: "buttons", buttons: [{ action: "remedy/image/retry", label: "Try Again" }] },
    ]);
  });

  it("reads the platform of an index that is chosen, and keeps the choice", async () => {
    const { registry, subject } = rig();
    const index = digest("e");
    const platforms = { [digest("a")]: "linux/amd64", [digest("b")]: "linux/arm64" };
    registry.putImage("team/api", { digest: digest("b") });
    registry.putImage("team/api", { digest: index, tag: "multi", isIndex: true, platforms });
    const reading = new DetailsReading(
      { ...subject, digest: index },
      () => Promise.resolve(registry),
      { onChange: () => undefined, onFindings: () => undefined, onFailure: () => undefined },
    );
    const idle = async (): Promise<void> => {
      while (reading.state.isReadingFindings) await new Promise((resolve) => setImmediate(resolve));
    };
    await reading.refresh();
    await idle();
    expect(listSections(reading.state)).toContain("platforms");
    expect(reading.state.platform).toBe(digest("a"));
    await reading.choosePlatform(digest("b"));
    expect(reading.state.platform).toBe(digest("b"));
    await reading.refresh();
    await idle();
    expect(reading.state.platform).toBe(digest("b"));
    await reading.choosePlatform("nonsense");
    expect(reading.state.platform).toBe(digest("a"));
  });

  it("is read anew when it is old, and not before", async () => {
    const { registry, subject } = rig();
    let now = 1_000_000;
    const listener = { onChange: () => undefined, onFindings: () => undefined };
    const reading = new DetailsReading(
      subject,
      () => Promise.resolve(registry),
      { ...listener, onFailure: () => undefined },
      () => now,
    );
    const looks = () => registry.calls.names.filter((name) => name === "findImage").length;
    await reading.refreshIfOlder(60_000);
    expect(looks()).toBe(1);
    now += 60_000;
    await reading.refreshIfOlder(60_000);
    expect(looks()).toBe(1);
    now += 1;
    await reading.refreshIfOlder(60_000);
    expect(looks()).toBe(2);
  });

  it("stops when nobody looks any more", async () => {
    const { registry, reading } = rig();
    registry.calls.plan("findImage", () => {
      reading.stop();
    });
    await reading.refresh();
    expect(reading.state.parts).toEqual({});
  });
});

describe("the page's sections", () => {
  it("show values of variables only to who asks", async () => {
    const { reading, subject, settled } = rig();
    await settled();
    const shown = () => JSON.stringify(makeSection("run", subject, reading.state, () => ({})));
    expect(shown()).not.toContain("s3cret");
    reading.toggleValues();
    expect(shown()).toContain("s3cret");
    reading.toggleValues();
    expect(shown()).not.toContain("s3cret");
  });
});
