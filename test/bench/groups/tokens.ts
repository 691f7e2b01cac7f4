import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { makeFindToken } from "../../../src/core/login/findToken.js";
import type { Registry } from "../../../src/core/ports.js";
import { RegistryToken } from "../../../src/core/login/registryToken.js";
import { TokenKeeper } from "../../../src/core/login/tokenKeeper.js";
import { LocalEcrControl } from "../../localEcr/control.js";
import type { BenchGroup } from "../figure.js";
import { startBenchEcr } from "../openLocalEcr.js";

const OPERATIONS = 1_000;
const HOUR_MS = 3_600_000;

/** Half of ECR's 12 hours lie within it once, so a token is renewed once. */
const WORKING_DAY_MS = 9 * HOUR_MS;

/**
 * How often AWS is asked for a login token by a thousand pushes and base images, counted where AWS
 * is asked: over a working day, and all at once. Without a keeper it would be a thousand times.
 */
export const group: BenchGroup = {
  needs: [],
  async measure(run) {
    const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-tokens-"));
    run.own(() => rm(folder, { recursive: true, force: true }));
    const { origin, open } = await startBenchEcr(run, folder);
    const control = new LocalEcrControl(origin);
    const signal = new AbortController().signal;
    const { host } = new URL(origin);

    /** Counts the calls that a thousand operations make, so far apart. */
    const count = async (stepMs: number): Promise<number> => {
      await control.clear();
      let passedMs = 0;
      const registry = withClock(open(), () => passedMs);
      const tokens = new TokenKeeper(
        () => new Date(Date.now() + passedMs),
        () => undefined,
      );
      const findToken = makeFindToken(
        { open: () => Promise.resolve(registry), tokens },
        registry.location,
      );
      await tokens.token(registry, signal);
      const asked: Promise<unknown>[] = [];
      for (let turn = 0; turn < OPERATIONS; turn += 1) {
        const operation = turn % 2 === 0 ? tokens.token(registry, signal) : findToken(host, signal);
        asked.push(operation);
        if (stepMs > 0) await operation;
        passedMs += stepMs;
      }
      await Promise.all(asked);
      const requests = await control.requests();
      return requests.filter(({ operation }) => operation === "GetAuthorizationToken").length;
    };
    const day = await count(WORKING_DAY_MS / OPERATIONS);
    const atOnce = await count(0);
    return {
      callsPer1000: { value: day, unit: "calls", goal: 2, note: "over 9 hours" },
      callsPer1000AtOnce: { value: atOnce, unit: "calls", goal: 1, note: "all at once" },
    };
  },
};

/** Lets a registry's tokens begin and end so much later, as its own clock can't be moved. */
function withClock(registry: Registry, passedMs: () => number): Registry {
  const fetchToken = registry.fetchToken.bind(registry);
  return Object.assign(registry, {
    fetchToken: async (signal: AbortSignal) => {
      const token = await fetchToken(signal);
      const later = (instant: Date): Date => new Date(instant.getTime() + passedMs());
      const { host, username, issuedAt, expiresAt } = token;
      const password = token.revealPassword();
      return new RegistryToken(host, username, password, later(issuedAt), later(expiresAt));
    },
  });
}
