import type { RequestListener } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import { EcrError } from "../../../src/core/errors.js";
import { readExpiry } from "../../../src/core/images/imageDetails/expiry.js";
import type { FindingsPage } from "../../../src/core/images/imageDetails/findings.js";
import { pushRichImage } from "../localEcr/pushRichImage.js";
import { RegistryClient } from "../localEcr/registryClient.js";
import { type LayerStore, startLayerStore, startMisleadingEcr } from "./layerStore.js";
import { ACCOUNT, REGION, useLocalRegistry } from "./localRegistry.js";

const here = useLocalRegistry();
const place = { account: ACCOUNT, region: REGION };
const REPOSITORY = "team/api";
const HOSTILE = `<img src=x onerror=alert(1)> [a](command:b) \u001b[31m \u202egpj`;

async function client(): Promise<RegistryClient> {
  await here.registry.createRepository({ name: REPOSITORY, tagMutability: "mutable" }, here.signal);
  const token = await here.registry.fetchToken(here.signal);
  return new RegistryClient(here.local.origin, token.revealPassword());
}

async function push(config: object = { os: "linux" }) {
  return pushRichImage(await client(), REPOSITORY, { tag: "v1", config, layers: ["base"] });
}

async function readFindings(digest: string): Promise<readonly FindingsPage[]> {
  const pages: FindingsPage[] = [];
  for await (const page of here.registry.contents.listFindings(REPOSITORY, digest, here.signal)) {
    pages.push(page);
  }
  return pages;
}

describe("the config of an image", () => {
  it("is read as the text that its digest is of", async () => {
    const { configDigest, configText } = await push({ os: "linux", note: HOSTILE });
    const { contents } = here.registry;
    expect(await contents.readConfigText(REPOSITORY, configDigest, here.signal)).toBe(configText);
  });

  it("is fetched without the credentials that asked for its address", async () => {
    const { configDigest } = await push();
    const store = await listen((_, response) => response.end("other"));
    await leadTo(`${store.origin}/blob?signed=1`);
    await expect(
      here.registry.contents.readConfigText(REPOSITORY, configDigest, here.signal),
    ).rejects.toMatchObject({ failure: { kind: "config-unusable", fault: "altered" } });
    expect(store.seen).toHaveLength(1);
    expect(Object.keys(store.seen[0] ?? {})).not.toContain("authorization");
    expect(JSON.stringify(store.seen[0])).not.toMatch(/amz|AWS4|security-token/i);
  });

  it("is not read on when it is larger than any config", async () => {
    const { configDigest } = await push();
    const store = await listen((_, response) => {
      const chunk = Buffer.alloc(1024 * 1024);
      const send = (): void => {
        while (!response.destroyed && response.write(chunk));
        response.once("drain", send);
      };
      send();
    });
    await leadTo(`${store.origin}/blob?signed=1`);
    await expect(
      here.registry.contents.readConfigText(REPOSITORY, configDigest, here.signal),
    ).rejects.toMatchObject({ failure: { kind: "config-unusable", fault: "too-large" } });
  });

  it("is withheld where the store refuses, and never fetched from an address that is not safe", async () => {
    const { configDigest } = await push();
    const store = await listen((_, response) => response.writeHead(403).end("<Error/>"));
    await leadTo(`${store.origin}/blob?signed=1`);
    const read = () => here.registry.contents.readConfigText(REPOSITORY, configDigest, here.signal);
    await expect(read()).rejects.toMatchObject({ failure: { fault: "withheld" } });
    for (const address of ["file:///etc/passwd", "ftp://x.example/", "nonsense", ""]) {
      await leadTo(address);
      await expect(read(), address).rejects.toMatchObject({ failure: { fault: "unsafe-address" } });
    }
  });

  it("is not waited for once nobody wants it", async () => {
    const { configDigest } = await push();
    const stop = new AbortController();
    let tell = (): void => undefined;
    const asked = new Promise<void>((resolve) => (tell = resolve));
    const store = await listen((_, response) => {
      response.writeHead(200).write("{");
      tell();
    });
    await leadTo(`${store.origin}/blob?signed=1`);
    const reading = here.registry.contents.readConfigText(REPOSITORY, configDigest, stop.signal);
    await asked;
    stop.abort();
    await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  });

  it("names the action that is missing", async () => {
    const { configDigest } = await push();
    await here.control.denyAction("ecr:GetDownloadUrlForLayer");
    const error: unknown = await here.registry.contents
      .readConfigText(REPOSITORY, configDigest, here.signal)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EcrError);
    expect(error).toMatchObject({
      failure: { kind: "access-denied", action: "ecr:GetDownloadUrlForLayer" },
    });
  });
});

describe("findings", () => {
  it("are none where nobody scanned, which is no failure", async () => {
    const { digest } = await push();
    expect(await readFindings(digest)).toEqual([
      {
        scan: { state: "none", note: undefined, completedAt: undefined, counts: {} },
        findings: [],
        isCut: false,
      },
    ]);
  });

  it("of a basic scan are read with package, score and link, hostile text as it is", async () => {
    const { digest } = await push();
    const attributes = [
      { key: "package_name", value: "openssl" },
      { key: "package_version", value: "1.1.1n-0" },
      { key: "CVSS3_SCORE", value: "9.8" },
    ];
    const finding = { name: "CVE-2026-1", severity: "CRITICAL", description: HOSTILE, attributes };
    await here.control.setScan({
      ...place,
      repository: REPOSITORY,
      digest,
      report: {
        status: "COMPLETE",
        findings: [
          { ...finding, uri: "https://a.example/1" },
          { name: HOSTILE, severity: "LOW" },
        ],
      },
    });
    const [page] = await readFindings(digest);
    expect(page?.scan).toMatchObject({ state: "complete", counts: { critical: 1, low: 1 } });
    expect(page?.findings).toEqual([
      {
        id: "CVE-2026-1",
        severity: "critical",
        score: 9.8,
        packages: [{ name: "openssl", version: "1.1.1n-0", fixedIn: undefined }],
        hasExploit: undefined,
        description: HOSTILE,
        link: "https://a.example/1",
      },
      {
        ...{ id: HOSTILE, severity: "low", score: undefined, packages: [] },
        ...{ hasExploit: undefined, description: "", link: undefined },
      },
    ]);
  });

  it("of Amazon Inspector tell fixed versions and exploits, over all pages", async () => {
    const { digest } = await push();
    const enhancedFindings = Array.from({ length: 2_300 }, (_, index) => ({
      severity: index === 0 ? "UNTRIAGED" : "HIGH",
      score: 7.5,
      exploitAvailable: index === 1 ? "YES" : "NO",
      title: `CVE-2026-${index} - zlib`,
      packageVulnerabilityDetails: {
        vulnerabilityId: `CVE-2026-${index}`,
        sourceUrl: "https://nvd.nist.gov/",
        vulnerablePackages: [
          { name: "zlib", version: "1.2", release: "3", fixedInVersion: "1.3" },
          { name: "old", version: "1", fixedInVersion: "NotAvailable" },
        ],
      },
    }));
    await here.control.setScan({
      ...place,
      ...{ repository: REPOSITORY, digest, report: { status: "ACTIVE", enhancedFindings } },
    });
    const pages = await readFindings(digest);
    expect(pages.map(({ findings }) => findings.length)).toEqual([1000, 1000, 300]);
    expect(pages[0]?.scan).toMatchObject({
      state: "continuous",
      counts: { high: 2299, undefined: 1 },
    });
    expect(pages[0]?.findings[1]).toMatchObject({
      id: "CVE-2026-1",
      hasExploit: true,
      packages: [
        { name: "zlib", version: "1.2-3", fixedIn: "1.3" },
        { name: "old", version: "1", fixedIn: undefined },
      ],
    });
    expect(pages.at(-1)?.isCut).toBe(false);
  });

  it.each([
    ["IN_PROGRESS", "running"],
    ["PENDING", "running"],
    ["FAILED", "failed"],
    ["UNSUPPORTED_IMAGE", "unsupported"],
    ["SCAN_ELIGIBILITY_EXPIRED", "eligibility-expired"],
    ["LIMIT_EXCEEDED", "limit-exceeded"],
    ["IMAGE_ARCHIVED", "archived"],
  ] as const)("with a scan that is %s are a state: %s", async (status, state) => {
    const { digest } = await push();
    const report = { status, description: "why" };
    await here.control.setScan({ ...place, repository: REPOSITORY, digest, report });
    expect(await readFindings(digest)).toMatchObject([
      { scan: { state, note: "why" }, findings: [] },
    ]);
  });

  it("stop at their bound, and say so", async () => {
    const { digest } = await push();
    const findings = Array.from({ length: 20_500 }, (_, index) => {
      return { name: `CVE-${index}`, severity: "LOW" };
    });
    const report = { status: "COMPLETE", findings };
    await here.control.setScan({ ...place, repository: REPOSITORY, digest, report });
    const pages = await readFindings(digest);
    expect(pages).toHaveLength(20);
    expect(pages.map(({ isCut }) => isCut).lastIndexOf(false)).toBe(18);
    expect(pages.at(-1)?.isCut).toBe(true);
    expect(pages.at(-1)?.scan.counts).toEqual({ low: 20_500 });
  });

  it("of an image that is gone fail, and so do those that may not be read", async () => {
    await push();
    const gone = `sha256:${"0".repeat(64)}`;
    await expect(readFindings(gone)).rejects.toMatchObject({
      failure: { kind: "image-not-found" },
    });
    await here.control.denyAction("ecr:DescribeImageScanFindings");
    await expect(readFindings(gone)).rejects.toMatchObject({
      failure: { kind: "access-denied", action: "ecr:DescribeImageScanFindings" },
    });
  });
});

describe("what is about an image", () => {
  it("is read over all pages, and so is what cosign tagged for it", async () => {
    const registry = await client();
    const image = await pushRichImage(registry, REPOSITORY, { config: {}, layers: ["base"] });
    const types = ["application/vnd.cncf.notary.signature", "application/spdx+json"];
    for (let count = 0; count < 53; count++) {
      const artifactType = types[count] ?? `application/vnd.acme.${count}`;
      const content = { layer: `about ${count}`, subject: image.digest, artifactType };
      await registry.pushImage(REPOSITORY, undefined, content);
    }
    const tag = `${image.digest.replace(":", "-")}.sig`;
    const signature = await registry.pushImage(REPOSITORY, tag, { layer: "signed" });
    const { contents } = here.registry;
    const { list, isCut } = await contents.readReferrers(REPOSITORY, image.digest, here.signal);
    expect(isCut).toBe(false);
    expect(list).toHaveLength(54);
    expect(list.slice(0, 2).map(({ role }) => role)).toEqual(["signature", "sbom"]);
    expect(list.at(-1)).toMatchObject({ digest: signature.digest, role: "signature", tag });
    expect(await here.countOf("ListImageReferrers")).toBe(2);
  });

  it("is nothing for most images", async () => {
    const { digest } = await push();
    const { contents } = here.registry;
    expect(await contents.readReferrers(REPOSITORY, digest, here.signal)).toEqual({
      list: [],
      isCut: false,
    });
  });
});

describe("the lifecycle policy", () => {
  it("is tried out for an image only where there is one", async () => {
    const registry = await client();
    const old = await pushRichImage(registry, REPOSITORY, { config: { a: 1 }, layers: ["old"] });
    const young = await pushRichImage(registry, REPOSITORY, { config: { a: 2 }, layers: ["new"] });
    const { rules } = here.registry;
    const read = ({ digest }: { digest: string }) =>
      readExpiry(rules, REPOSITORY, digest, here.signal);
    expect(await read(old)).toEqual({ kind: "no-policy" });
    expect(await here.countOf("StartLifecyclePolicyPreview")).toBe(0);
    const rule = {
      ...{ rulePriority: 4, description: "Keep one", action: { type: "expire" } },
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
    };
    await rules.putLifecyclePolicy(REPOSITORY, JSON.stringify({ rules: [rule] }), here.signal);
    const [first, second] = [await read(old), await read(young)];
    // Both were pushed in the same moment, so that either may be the older one.
    expect([first.kind, second.kind].sort()).toEqual(["goes", "kept"]);
    expect([first, second]).toContainEqual({
      ...{ kind: "goes", effect: "expire", rulePriority: 4, description: "Keep one" },
    });
  });

  it("that may not be tried out says which right is missing", async () => {
    const { digest } = await push();
    const policy = JSON.stringify({
      rules: [
        {
          ...{ rulePriority: 1, action: { type: "expire" } },
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
        },
      ],
    });
    await here.registry.rules.putLifecyclePolicy(REPOSITORY, policy, here.signal);
    await here.control.denyAction("ecr:StartLifecyclePolicyPreview");
    await expect(
      readExpiry(here.registry.rules, REPOSITORY, digest, here.signal),
    ).rejects.toMatchObject({
      failure: { kind: "access-denied", action: "ecr:StartLifecyclePolicyPreview" },
    });
  });
});

let servers: LayerStore[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

/** A store of layers that answers as a test wants. */
async function listen(answer: RequestListener): Promise<LayerStore> {
  const store = await startLayerStore(answer);
  servers.push(store);
  return store;
}

/** Opens the registry anew through something in between, which names this address for each layer. */
async function leadTo(address: string): Promise<void> {
  const between = await startMisleadingEcr(here.local.origin, address);
  servers.push(between);
  const open = makeOpenRegistry();
  here.registry = open({ profile: "dev", region: REGION, endpoint: between.origin });
}
