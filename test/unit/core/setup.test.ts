import { beforeEach, describe, expect, it } from "vitest";
import { EcrError } from "../../../src/core/errors.js";
import { type Check, type CheckId, runCheck } from "../../../src/core/setup/check.js";
import { checkSetup, listChecks } from "../../../src/core/setup/checkSetup.js";
import { readNetworkFacts } from "../../../src/core/setup/networkFacts.js";
import type { LastPush } from "../../../src/core/setup/pushChecks.js";
import type { SetupPorts, SetupSubject } from "../../../src/core/setup/setupPorts.js";
import { digestOf } from "../../fakes/digestOf.js";
import { DOCKERFILE, PushRig } from "./push/pushRig.js";

const GB = 1_000_000_000;
const CONTEXT = {
  root: "/shop/api",
  ignoreFile: "/shop/api/.dockerignore",
  isWhole: false,
  sentBy: ["COPY ."],
  files: 3,
  bytes: 2048,
  ignored: 0,
  tree: {
    path: "",
    isFolder: true,
    state: "sent",
    files: 3,
    bytes: 2048,
    children: [],
    rest: { entries: 0, files: 0, bytes: 0 },
  },
  findings: [],
} as const;

let rig: PushRig;
let ports: SetupPorts;
let environment: Record<string, string | undefined>;
beforeEach(() => {
  rig = new PushRig();
  rig.registry.addRepository("team/api");
  rig.engine.disk = { path: "/var/lib/docker", freeBytes: 40 * GB, totalBytes: 100 * GB };
  environment = {};
  ports = {
    engine: () => Promise.resolve(rig.engine),
    openRegistry: () => Promise.resolve(rig.registry),
    tokens: rig.tokens,
    readNetwork: () =>
      readNetworkFacts({
        proxy: "",
        proxyStrictSSL: true,
        systemCertificates: true,
        environment,
      }),
    measureContext: () => Promise.resolve(CONTEXT),
    contextLimitBytes: 0,
    now: rig.registry.now,
  };
});

function lastPush(changes: Partial<LastPush> = {}): LastPush {
  return {
    repository: "team/api",
    tags: ["1.0.0"],
    create: undefined,
    platforms: ["linux/amd64"],
    runsOn: "containers-amd64",
    tookMs: 60_000,
    ...changes,
  };
}

async function check(push = lastPush()): Promise<ReadonlyMap<CheckId, Check>> {
  const build = { dockerfile: DOCKERFILE, context: "/shop/api", platforms: push.platforms };
  const subject: SetupSubject = { build, lastPush: push };
  const done = new Map<CheckId, Check>();
  await checkSetup(ports, subject, rig.cancel.signal, (each) => done.set(each.id, each));
  expect([...done.keys()].toSorted()).toEqual(listChecks(subject).toSorted());
  return done;
}

function states(done: ReadonlyMap<CheckId, Check>, state: Check["state"]): CheckId[] {
  return [...done.values()].flatMap((each) => (each.state === state ? [each.id] : [])).toSorted();
}

describe("checkSetup", () => {
  it("finds nothing against a push, and asks AWS once for each thing", async () => {
    const done = await check();
    expect(states(done, "ok")).toEqual([...done.keys()].toSorted());
    expect(rig.registry.calls.names.toSorted()).toEqual([
      "fetchToken",
      "findImage",
      "findRepository",
      "identify",
      "probePush",
      "readSession",
    ]);
  });

  it("looks at engine and account alone where nothing was pushed", () => {
    expect(listChecks({ build: undefined, lastPush: undefined })).toEqual([
      ...["engine", "buildkit", "disk", "identity", "session", "token", "clock", "network"],
    ]);
  });

  it("says one failure once, and of what depends on it that it is not known", async () => {
    const failure = { kind: "docker-unavailable", endpoint: "unix:///x", tried: [] } as const;
    ports = { ...ports, engine: () => Promise.reject(new EcrError(failure)) };
    const done = await check();
    expect(states(done, "failed")).toEqual(["engine"]);
    expect(states(done, "unknown")).toEqual(["buildkit", "disk", "platform"]);
    expect(done.get("engine")).toEqual({ id: "engine", state: "failed", failure });
    expect(done.get("identity")?.state).toBe("ok");
  });

  it("says of a missing repository that it is missing, and nothing of its tags", async () => {
    const done = await check(lastPush({ repository: "team/none" }));
    expect(states(done, "failed")).toEqual(["repository"]);
    expect(states(done, "unknown")).toEqual(["rights", "tags"]);
  });

  it("tells what creates a repository", async () => {
    const tagMutability = { default: "mutable", exclusions: [] } as const;
    rig.registry.templates = [{ prefix: "made", isForPushes: true, tagMutability }];
    const made = await check(lastPush({ repository: "made/api" }));
    expect(made.get("repository")).toMatchObject({
      state: "note",
      facts: { is: "made-by-template" },
    });
    const create = { tagMutability: "mutable" } as const;
    const pushed = await check(lastPush({ repository: "team/new", create }));
    expect(pushed.get("repository")).toMatchObject({
      state: "note",
      facts: { is: "made-by-push" },
    });
    expect(pushed.get("rights")).toMatchObject({ state: "unknown", why: "hidden" });
    expect(rig.registry.calls.names).not.toContain("createRepository");
  });

  it("offers the next free version for a tag that can't move", async () => {
    rig.registry.addRepository("team/locked", { default: "immutable", exclusions: ["dev-*"] });
    for (const tag of ["1.0.0", "1.0.1", "dev-1"]) {
      rig.registry.putImage("team/locked", { digest: digestOf(tag), tag });
    }
    const done = await check(lastPush({ repository: "team/locked", tags: ["1.0.0", "dev-1"] }));
    expect(done.get("tags")).toEqual({
      id: "tags",
      state: "failed",
      failure: { kind: "tag-immutable", repository: "team/locked", tag: "1.0.0" },
      facts: {
        tags: [
          { tag: "1.0.0", state: "locked" },
          { tag: "dev-1", state: "moves" },
        ],
        nextFree: "1.0.2",
      },
    });
  });

  it("warns of a session that ends before a push like the last one would", async () => {
    const inMs = (milliseconds: number): Date =>
      new Date(rig.registry.now().getTime() + milliseconds);
    const session = { isThere: true, renewsItself: false, renewedBy: "sign-in" } as const;
    rig.registry.session = { ...session, expiresAt: inMs(30_000) };
    expect((await check()).get("session")).toMatchObject({
      state: "warning",
      facts: { remainingMs: 30_000, lastPushMs: 60_000 },
    });
    rig.registry.session = { ...session, expiresAt: inMs(90_000) };
    expect((await check()).get("session")?.state).toBe("ok");
    rig.registry.session = { ...session, expiresAt: inMs(30_000), renewsItself: true };
    expect((await check()).get("session")?.state).toBe("ok");
    rig.registry.session = { ...session, expiresAt: inMs(-1) };
    expect((await check()).get("session")).toMatchObject({
      state: "failed",
      failure: { kind: "credentials-expired", profile: "dev" },
    });
  });

  it.each([
    [1_000, "ok"],
    [-90_000, "warning"],
    [300_000, "failed"],
    [undefined, "unknown"],
  ] as const)("judges a clock that is %s ms ahead as %s", async (skewMs, state) => {
    rig.registry.clockSkewMs = skewMs;
    const clock = (await check()).get("clock");
    expect(clock?.state).toBe(state);
    if (state === "failed") {
      expect(clock).toMatchObject({ failure: { kind: "clock-skewed", aheadMinutes: 5 } });
    }
  });

  it("tells of foreign platforms, and refuses what can't run there", async () => {
    const foreign = await check(lastPush({ platforms: ["linux/arm64"], runsOn: "lambda-arm64" }));
    expect(foreign.get("platform")?.state).toBe("note");
    const unfit = await check(lastPush({ platforms: ["linux/arm64"] }));
    expect(unfit.get("platform")).toMatchObject({
      state: "failed",
      failure: { kind: "run-target-unfit", isPushed: false },
    });
  });

  it("warns of a disk that is soon full, and can't tell of one elsewhere", async () => {
    rig.engine.disk = { path: "/var/lib/docker", freeBytes: GB, totalBytes: 100 * GB };
    rig.engine.details = { reasonAgainstBuildKit: "DOCKER_BUILDKIT is 0" };
    const low = await check();
    expect([low.get("disk")?.state, low.get("buildkit")?.state]).toEqual(["warning", "note"]);
    rig.engine.disk = undefined;
    expect((await check()).get("disk")).toMatchObject({ state: "unknown", why: "hidden" });
  });

  it("ends with those who look", async () => {
    rig.cancel.abort();
    await expect(check()).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("runCheck", () => {
  it("does not wait for what does not answer in time, and leaves it nothing to do", async () => {
    let stopped: AbortSignal | undefined;
    const silent = (signal: AbortSignal): Promise<never> => {
      stopped = signal;
      return new Promise(() => undefined);
    };
    expect(await runCheck("engine", silent, rig.cancel.signal, 1)).toEqual({
      id: "engine",
      state: "unknown",
      why: "late",
    });
    expect(stopped?.aborted).toBe(true);
  });
});

describe("readNetworkFacts", () => {
  const settings = { proxy: "", proxyStrictSSL: true, systemCertificates: false, environment: {} };

  it("never shows the login of a proxy", () => {
    for (const proxy of ["http://kim:secret@proxy:3128", "kim:secret@proxy:3128"]) {
      expect(readNetworkFacts({ ...settings, proxy }).proxy).toEqual({
        address: "http://proxy:3128",
        from: "http.proxy",
      });
    }
    const odd = { HTTPS_PROXY: "http://kim:sec ret@[proxy" };
    expect(readNetworkFacts({ ...settings, environment: odd }).proxy).toEqual({
      address: "…",
      from: "HTTPS_PROXY",
    });
  });

  it("says whose certificates count, and when none are checked", () => {
    const extra = { NODE_EXTRA_CA_CERTS: "/ca.pem", AWS_CA_BUNDLE: "" };
    const facts = readNetworkFacts({ ...settings, systemCertificates: true, environment: extra });
    expect(facts).toEqual({
      proxy: undefined,
      certificates: ["http.systemCertificates", "NODE_EXTRA_CA_CERTS"],
      isStrict: true,
    });
    const off = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    expect(readNetworkFacts({ ...settings, environment: off }).isStrict).toBe(false);
  });
});
