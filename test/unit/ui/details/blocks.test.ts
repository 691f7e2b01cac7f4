import { describe, expect, it } from "vitest";
import type {
  Finding,
  Scan,
  ScanState,
} from "../../../../src/core/images/imageDetails/findings.js";
import { parseImageConfig } from "../../../../src/core/images/imageDetails/imageConfig.js";
import { parseImageManifest } from "../../../../src/core/images/imageDetails/imageManifest.js";
import { configComparison, layerComparison } from "../../../../src/ui/details/compareBlocks.js";
import { configBlocks } from "../../../../src/ui/details/configBlocks.js";
import { expiryBlocks } from "../../../../src/ui/details/expiryBlocks.js";
import { findingBlocks, findingRows } from "../../../../src/ui/details/findingBlocks.js";
import { tryParseSubject } from "../../../../src/ui/details/imageSubject.js";
import { layerBlocks } from "../../../../src/ui/details/layerBlocks.js";
import { referrerBlocks } from "../../../../src/ui/details/referrerBlocks.js";

const ACTING = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;
const HOSTILE = `\u001b[31m\u202e<img src=x>${"long".repeat(30_000)}`;
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const scan = (state: ScanState): Scan => {
  return { state, note: undefined, completedAt: undefined, counts: {} };
};
const hostile: Finding = {
  ...{ id: HOSTILE, severity: "high", score: 9, hasExploit: true, description: HOSTILE },
  packages: Array.from({ length: 9 }, () => {
    return { name: HOSTILE, version: HOSTILE, fixedIn: HOSTILE };
  }),
  link: `javascript:${HOSTILE}`,
};

function contents(config: object, layers: readonly (readonly [string, number])[]) {
  const manifest = parseImageManifest(
    JSON.stringify({ layers: layers.map(([letter, size]) => ({ digest: digest(letter), size })) }),
  );
  const parsed = parseImageConfig(JSON.stringify(config));
  if (!manifest || !parsed) throw new Error("no contents");
  return { manifest, config: parsed };
}

describe("hostile text", () => {
  it("comes to the page bounded, with what would act written out", () => {
    const config = {
      ...{ os: HOSTILE, author: HOSTILE },
      config: {
        ...{
          Entrypoint: [HOSTILE],
          Env: [`${HOSTILE}=${HOSTILE}`],
          Labels: { [HOSTILE]: HOSTILE },
        },
        ...{ User: HOSTILE, WorkingDir: HOSTILE, ExposedPorts: { [HOSTILE]: {} } },
      },
      history: [{ created_by: `RUN ${HOSTILE}` }],
    };
    const of = contents(config, [["a", 5]]);
    const referrer = { digest: digest("a"), role: "artifact", artifactType: HOSTILE } as const;
    const more = { sizeBytes: undefined, createdAt: undefined, tag: undefined };
    const blocks = [
      configBlocks(of, true),
      layerBlocks(of, true),
      findingBlocks({
        scan: { ...scan("failed"), note: HOSTILE },
        findings: [hostile],
        isCut: true,
      }),
      referrerBlocks({ list: [{ ...referrer, ...more }], isCut: false }, []),
      expiryBlocks({ kind: "goes", effect: "expire", rulePriority: 1, description: HOSTILE }),
    ];
    for (const block of blocks) {
      const texts = textsOf(block);
      for (const text of texts) {
        expect(text).not.toMatch(ACTING);
        expect(text.length).toBeLessThan(3_000);
      }
      expect(texts.some((text) => text.includes("<img src=x>"))).toBe(true);
    }
  });

  it("gets no link that is not of the web", () => {
    expect(findingRows([hostile])[0]?.[0]).not.toHaveProperty("action");
    const good = { ...hostile, link: "https://nvd.nist.gov/vuln/detail/CVE-1" };
    expect(findingRows([good])[0]?.[0]).toHaveProperty("action", `link/${good.link}`);
  });
});

describe("layers", () => {
  it("are shown by size, with shares that make up the whole", () => {
    const history = [{ created_by: "ADD a" }, { created_by: "RUN b" }];
    const [strip, bars] = layerBlocks(
      contents({ history }, [
        ["a", 10],
        ["b", 30],
      ]),
      false,
    );
    expect(strip).toMatchObject({ kind: "strip", parts: [{ share: 0.25 }, { share: 0.75 }] });
    expect(bars).toMatchObject({
      bars: [
        { label: "2 RUN b", share: 1 },
        { label: "1 ADD a", share: 10 / 30 },
      ],
    });
  });

  it("say when their history does not fit, and divide by no zero", () => {
    const blocks = layerBlocks(
      contents({ history: [{ created_by: "x" }] }, [
        ["a", 0],
        ["b", 0],
      ]),
      false,
    );
    expect(JSON.stringify(blocks)).toContain("does not tell which step made which layer");
    expect(JSON.stringify(blocks)).not.toMatch(/NaN|null/);
  });
});

describe("findings", () => {
  it.each([
    ["none", "Nobody has scanned it."],
    ["running", "A scan is under way."],
    ["unsupported", "ECR can't scan images of this kind."],
    ["archived", "It is archived, and archived images are not scanned."],
  ] as const)("say of a scan that is %s: %s", (state, text) => {
    const [block] = findingBlocks({ scan: scan(state), findings: [], isCut: false });
    expect(block).toMatchObject({ kind: "text", text: expect.stringContaining(text) as string });
  });

  it("are counted by what was read where ECR tells no numbers", () => {
    const blocks = findingBlocks({ scan: scan("complete"), findings: [hostile], isCut: false });
    expect(blocks[1]).toMatchObject({ kind: "bars", bars: [{ label: "High", text: "1" }] });
  });
});

describe("what is about an image", () => {
  it("also lists the attestations that its index holds", () => {
    const entry = { digest: digest("b"), mediaType: "application/vnd.oci.image.manifest.v1+json" };
    const attestation = { ...entry, platform: undefined, attestsTo: digest("a") };
    const platform = { ...entry, platform: "linux/amd64", attestsTo: undefined };
    const [table] = referrerBlocks({ list: [], isCut: false }, [platform, attestation]);
    expect(table).toMatchObject({
      kind: "table",
      rows: [["Attestation", entry.mediaType, {}, {}, {}]],
    });
  });

  it("may be nothing, and more than is read", () => {
    expect(referrerBlocks({ list: [], isCut: false }, [])).toMatchObject([{ kind: "text" }]);
    const one = { digest: digest("a"), role: "signature", artifactType: undefined } as const;
    const list = [{ ...one, sizeBytes: 5, createdAt: undefined, tag: "sha256-a.sig" }];
    const texts = textsOf(referrerBlocks({ list, isCut: true }, []));
    expect(texts).toContain("There are more than the 1 that were read.");
    expect(texts).toContain("Whether a signature is good is not checked here.");
  });
});

describe("an image whose manifest ECR does not give", () => {
  it("is said to be archived or gone", () => {
    for (const blocks of [configBlocks(undefined, false), layerBlocks(undefined, false)]) {
      expect(blocks).toMatchObject([{ tone: "warning" }]);
    }
  });
});

describe("a comparison", () => {
  const side = (config: object, ...layers: readonly (readonly [string, number])[]) => ({
    ...{ digest: digest("a"), platforms: [], platform: undefined },
    contents: contents(config, layers),
  });
  const names = ["a:1", "a:2"] as const;

  it("says how much larger one is", () => {
    const sides = [side({}, ["a", 5_000]), side({}, ["a", 5_000], ["b", 2_000])] as const;
    expect(layerComparison(sides, names)[0]).toMatchObject({
      text: "a:2 is 2 kB larger than a:1, compressed.",
    });
    expect(layerComparison([sides[1], sides[0]], names)[0]).toMatchObject({
      text: "a:2 is 2 kB smaller than a:1, compressed.",
    });
    expect(layerComparison([sides[0], sides[0]], names)[0]).toMatchObject({
      text: "Both are of the same size.",
    });
  });

  it("hides values that differ until they are asked for", () => {
    const sides = [
      side({ config: { Env: ["T=s3cret"] } }),
      side({ config: { Env: ["T=0ther"] } }),
    ] as const;
    expect(JSON.stringify(configComparison(sides, names, false))).not.toMatch(/s3cret|0ther/);
    expect(JSON.stringify(configComparison(sides, names, true))).toMatch(/s3cret.*0ther/);
  });

  it("names what can't be compared", () => {
    const sides = [{ ...side({}), contents: undefined }, side({})] as const;
    expect(configComparison(sides, names, false)).toMatchObject([
      { text: "a:1 can't be compared: it is archived, gone, or no image." },
    ]);
  });
});

describe("tryParseSubject", () => {
  const kept = {
    location: { profile: "dev", region: "eu-west-1" },
    ...{
      repository: "team/api",
      repositoryUri: "host/team/api",
      digest: digest("a"),
      tags: ["v1"],
    },
  };

  it("reads what was kept over a reload", () => {
    expect(tryParseSubject(JSON.parse(JSON.stringify(kept)))).toEqual({
      ...kept,
      location: { profile: "dev", region: "eu-west-1", endpoint: undefined },
    });
  });

  it("takes nothing else for a subject", () => {
    const odd = [undefined, null, 7, {}, { ...kept, digest: "x" }, { ...kept, location: {} }];
    for (const one of odd) expect(tryParseSubject(one)).toBeUndefined();
  });
});

/** All texts in what goes to the page. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
