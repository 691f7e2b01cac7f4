import { describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import {
  COMPARE_SECTIONS,
  makeCompareHead,
  makeCompareSection,
} from "../../../../src/ui/details/compareModel.js";
import { CompareReading } from "../../../../src/ui/details/compareState.js";
import type { ImageSubject } from "../../../../src/ui/details/imageSubject.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const CONFIG = "application/vnd.oci.image.config.v1+json";
const DENIED = new EcrError({
  ...{ kind: "access-denied", action: "ecr:DescribeImageScanFindings" },
  ...{ resource: undefined, principal: undefined },
});

/** Two images, each in a registry of its own. */
function rig() {
  const registries = [new InMemoryRegistry(), new InMemoryRegistry()] as const;
  const failed: string[] = [];
  const subjects = registries.map((registry, index): ImageSubject => {
    const region = `eu-west-${index + 1}`;
    const own = digest(String(index + 1));
    registry.addRepository("team/api");
    registry.putImage("team/api", { digest: own, tag: `v${index}` });
    const config = { mediaType: CONFIG, digest: digest("c"), size: 9 };
    const layers = [
      { digest: digest("b"), size: 100 },
      { digest: digest(String(index + 5)), size: 10 * (index + 1) },
    ];
    registry.manifestTexts.set(own, JSON.stringify({ config, layers }));
    registry.contents.configs.set(digest("c"), JSON.stringify({ config: { User: `u${index}` } }));
    return {
      location: { profile: undefined, region, endpoint: undefined },
      ...{
        repository: "team/api",
        repositoryUri: "host/team/api",
        digest: own,
        tags: [`v${index}`],
      },
    };
  });
  const [first, second] = subjects;
  if (!first || !second) throw new Error("no subjects");
  const reading = new CompareReading(
    [first, second],
    (subject) => Promise.resolve(subject === first ? registries[0] : registries[1]),
    () => undefined,
    (part) => failed.push(part),
  );
  const sectionText = (id: (typeof COMPARE_SECTIONS)[number]) =>
    JSON.stringify(makeCompareSection(id, [first, second], reading.state, () => ({})));
  return { reading, registries, subjects: [first, second] as const, failed, sectionText };
}

describe("CompareReading", () => {
  it("compares images of two registries", async () => {
    const { reading, subjects, sectionText } = rig();
    const before = sectionText("layers");
    expect(before).toContain("Reading");
    await reading.refresh();
    expect(makeCompareHead(subjects, reading.state)).toMatchObject({
      title: "team/api:v0 and team/api:v1",
      subtitle: "default credentials · eu-west-1, default credentials · eu-west-2",
      isBusy: false,
    });
    expect(sectionText("layers")).toContain("api:v1 is 10 B larger than api:v0, compressed.");
    expect(sectionText("config")).toMatch(/"User",.*"u0".*"u1"/);
    expect(sectionText("findings")).toContain("it was not scanned");
    for (const id of COMPARE_SECTIONS) expect(sectionText(id)).toContain('"isBusy":false');
  });

  it("names the missing right for findings alone", async () => {
    const { reading, registries, failed, sectionText } = rig();
    registries[1].calls.plan("listFindings", () => {
      throw DENIED;
    });
    await reading.refresh();
    expect(failed).toEqual(["findings"]);
    expect(sectionText("findings")).toContain("ecr:DescribeImageScanFindings");
    expect(sectionText("layers")).toContain("larger than");
  });

  it("says which of them is not there any more", async () => {
    const { reading, registries, sectionText } = rig();
    registries[0].deleteRepository("team/api");
    registries[0].addRepository("team/api");
    await reading.refresh();
    expect(sectionText("images")).toContain("sha256:1111…11 is not in team/api.");
    expect(sectionText("layers")).toContain("api:v0 can't be compared");
  });

  it("ends with the page", async () => {
    const { reading, registries, failed } = rig();
    registries[0].calls.plan("findImage", () => {
      reading.stop();
    });
    await reading.refresh();
    expect(failed).toEqual([]);
    expect(reading.state.sides[0]).toEqual({});
  });
});
