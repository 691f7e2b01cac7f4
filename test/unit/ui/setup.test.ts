import { describe, expect, it } from "vitest";
import type { Check, CheckId } from "../../../src/core/setup/check.js";
import { checkText } from "../../../src/ui/setup/checkText.js";
import { setupHtml } from "../../../src/ui/setup/setupHtml.js";
import { makeSetupModel, setupText } from "../../../src/ui/setup/setupModel.js";

const MUTABLE = { default: "mutable", exclusions: [] } as const;
const LOCKED = { default: "immutable", exclusions: ["dev-*"] } as const;
const SESSION = { isThere: true, expiresAt: undefined, renewedBy: "sign-in" } as const;
const DISK = { path: "/var/lib/docker", totalBytes: 100e9 };

const checks: readonly Check[] = [
  {
    id: "engine",
    state: "ok",
    facts: {
      name: "Docker Engine",
      version: "29.0",
      endpoint: "unix:///var/run/docker.sock",
      chosenBy: "default",
      platform: "linux/arm64",
      imageStore: "containerd",
      reasonAgainstDirectPush: undefined,
    },
  },
  { id: "engine", state: "unknown", why: "late" },
  {
    id: "engine",
    state: "failed",
    failure: { kind: "docker-unavailable", endpoint: "unix:///x", tried: [] },
  },
  { id: "buildkit", state: "ok", facts: { reasonAgainst: undefined } },
  { id: "buildkit", state: "note", facts: { reasonAgainst: "DOCKER_BUILDKIT is 0" } },
  { id: "buildkit", state: "unknown", why: "blocked" },
  { id: "disk", state: "ok", facts: { ...DISK, freeBytes: 40e9 } },
  { id: "disk", state: "warning", facts: { ...DISK, freeBytes: 1e9 } },
  { id: "disk", state: "unknown", why: "hidden" },
  ...[undefined, "dev"].map((profile): Check => ({
    id: "identity",
    state: "ok",
    facts: { accountId: "123456789012", arn: "arn:aws:x", region: "eu-west-1", profile },
  })),
  ...[undefined, 1].map((remainingMs): Check => ({
    id: "session",
    state: "ok",
    facts: { ...SESSION, renewsItself: true, remainingMs, lastPushMs: 1 },
  })),
  ...[undefined, 480_000].flatMap((remainingMs) =>
    [undefined, 720_000].map((lastPushMs): Check => ({
      id: "session",
      state: "warning",
      facts: { ...SESSION, renewsItself: false, remainingMs, lastPushMs },
    })),
  ),
  { id: "token", state: "ok", facts: { host: "123.dkr", remainingMs: 7_200_000 } },
  { id: "clock", state: "ok", facts: { skewMs: -1500 } },
  { id: "clock", state: "warning", facts: { skewMs: 90_000 } },
  { id: "clock", state: "warning", facts: { skewMs: -90_000 } },
  { id: "clock", state: "unknown", why: "hidden" },
  {
    id: "network",
    state: "ok",
    facts: { proxy: undefined, certificates: [], isStrict: true },
  },
  {
    id: "network",
    state: "note",
    facts: {
      proxy: { address: "http://proxy:3128", from: "http.proxy" },
      certificates: ["http.systemCertificates"],
      isStrict: true,
    },
  },
  {
    id: "network",
    state: "warning",
    facts: { proxy: undefined, certificates: [], isStrict: false },
  },
  {
    id: "repository",
    state: "ok",
    facts: { name: "team/api", is: "there", tagMutability: MUTABLE },
  },
  {
    id: "repository",
    state: "note",
    facts: { name: "team/api", is: "made-by-template", tagMutability: LOCKED },
  },
  {
    id: "repository",
    state: "note",
    facts: { name: "team/api", is: "made-by-push", tagMutability: undefined },
  },
  {
    id: "tags",
    state: "note",
    facts: {
      tags: [
        { tag: "1.0", state: "free" },
        { tag: "latest", state: "moves" },
      ],
      nextFree: undefined,
    },
  },
  {
    id: "tags",
    state: "failed",
    failure: { kind: "tag-immutable", repository: "team/api", tag: "1.0.0" },
    facts: { tags: [{ tag: "1.0.0", state: "locked" }], nextFree: "1.0.1" },
  },
  { id: "rights", state: "ok", facts: { repository: "team/api" } },
  { id: "rights", state: "unknown", why: "hidden" },
  {
    id: "platform",
    state: "note",
    facts: {
      runsOn: "containers-amd64",
      platforms: ["linux/amd64"],
      enginePlatform: "linux/arm64",
    },
  },
  {
    id: "platform",
    state: "ok",
    facts: { runsOn: "anything", platforms: [], enginePlatform: "linux/arm64" },
  },
  {
    id: "context",
    state: "warning",
    facts: { files: 12_000, bytes: 9e8, secrets: [".env", "a", "b", "c"], isLarge: true },
  },
];

describe("checkText", () => {
  it("has a sentence for each verdict", async () => {
    const lines = checks.map((check) => `${check.id} ${check.state}: ${checkText(check)}\n`);
    const golden = new URL("../../fixtures/ui/setup.txt", import.meta.url).pathname;
    await expect(lines.join("")).toMatchFileSnapshot(golden);
  });

  it.each(checks)("fills every gap of $id and keeps to the voice", (check) => {
    expect(checkText(check)).not.toMatch(/\{\d\}|undefined|!|please|success|oops/i);
  });
});

describe("makeSetupModel", () => {
  const ids: readonly CheckId[] = ["engine", "buildkit", "tags"];
  const done = new Map(
    checks.filter(({ state }) => state === "failed").map((check) => [check.id, check]),
  );

  it("has a line for each check, also for those that run, and buttons that do something", () => {
    const model = makeSetupModel(ids, done, "site/Dockerfile", () => ({
      "pick-tag": () => undefined,
      retry: () => undefined,
    }));
    expect(model.isRunning).toBe(true);
    expect(model.sections.map(({ title }) => title)).toEqual([
      "Engine",
      "Next push of site/Dockerfile",
    ]);
    expect(model.sections[0]?.lines).toMatchObject([
      { id: "engine", state: "failed", stateName: "To fix", buttons: [] },
      { id: "buildkit", state: "running", stateName: "Checking", text: "", buttons: [] },
    ]);
    expect(model.sections[1]?.lines).toMatchObject([
      { id: "tags", buttons: [{ action: "pick-tag", label: "Pick Another Tag" }] },
    ]);
  });

  it("is written as text for a report", () => {
    const engine = new Map([...done].filter(([id]) => id === "engine"));
    const model = makeSetupModel(["engine"], engine, undefined, () => ({}));
    expect(setupText(model, ["Push to ECR 0.1.0"])).toBe(
      "Push to ECR 0.1.0\n\n1 thing to fix.\n\n## Engine\n- To fix: Docker Engine. No Docker Engine answers at unix:///x. Start Docker and try again.\n",
    );
  });
});

describe("setupHtml", () => {
  it("lets nothing run but its own script, and takes no text for markup", () => {
    const html = setupHtml({
      cspSource: `https://x"><script>alert(1)</script>`,
      nonce: "n0",
      script: "vscode://setup.js",
      style: `a"b`,
    });
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("default-src &#39;none&#39;");
    expect(html).toContain("script-src &#39;nonce-n0&#39;");
    expect(html).toContain(`href="a&quot;b"`);
    expect(html.match(/<script/g)).toHaveLength(1);
  });
});
