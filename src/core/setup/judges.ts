import type { EngineDetails, EngineDisk } from "../enginePorts.js";
import { isLowDisk } from "../push/lowDisk.js";
import { findPlace } from "../push/pushPlace.js";
import { checkClock, checkIdentity, checkSession, checkToken } from "./awsChecks.js";
import type { CheckId, Verdict } from "./check.js";
import type { NetworkFacts } from "./networkFacts.js";
import {
  checkTagsOf,
  judgeContext,
  judgePlatform,
  judgeRepository,
  type LastPush,
} from "./pushChecks.js";
import type { SetupPorts, SetupSubject } from "./setupPorts.js";

/** How each check is made. */
export type Judges = {
  readonly [Id in CheckId]: (signal: AbortSignal) => Promise<Verdict<Id>>;
};

const HIDDEN = { state: "unknown", why: "hidden" } as const;

/**
 * Makes the checks of a subject, which share what they ask: AWS is asked once for each thing.
 *
 * The rights to push are asked for here and before a first push, not before each: that is two calls
 * more, and where one has pushed before they seldom go.
 */
export function makeJudges(ports: SetupPorts, { lastPush, build }: SetupSubject): Judges {
  const registry = lazily(ports.openRegistry);
  const engine = lazily(ports.engine);
  const description = lazily(async (signal) => (await engine(signal)).describe(signal));
  const details = lazily(async (signal) => (await engine(signal)).inspect(signal));
  const identity = lazily(async (signal) => checkIdentity(await registry(signal), signal));
  const place = lazily(async (signal) => {
    const opened = await registry(signal);
    const token = ports.tokens.token(opened, signal);
    // Whether there is a token is a check of its own.
    token.catch(() => undefined);
    return findPlace(opened, lastPush ?? NOWHERE, token, signal);
  });
  return {
    engine: async (signal) => ({ state: "ok", facts: await description(signal) }),
    buildkit: async (signal) => judgeBuildKit(await details(signal)),
    disk: async (signal) => judgeDisk(await (await engine(signal)).readDisk(signal)),
    identity,
    session: async (signal) =>
      checkSession(await registry(signal), lastPush?.tookMs, ports.now(), signal),
    token: async (signal) => checkToken(await registry(signal), ports.tokens, ports.now(), signal),
    clock: async (signal) => checkClock(registry(signal), identity(signal)),
    network: () => Promise.resolve(judgeNetwork(ports.readNetwork())),
    repository: async (signal) =>
      lastPush ? judgeRepository(lastPush, await place(signal)) : HIDDEN,
    tags: async (signal) =>
      lastPush
        ? checkTagsOf(await registry(signal), lastPush, await place(signal), signal)
        : HIDDEN,
    rights: async (signal) => {
      // Of a repository that has yet to be made nobody can tell.
      const name = (await place(signal)).place?.repository?.name;
      if (name === undefined) return HIDDEN;
      await (await registry(signal)).probePush(name, signal);
      return { state: "ok", facts: { repository: name } };
    },
    platform: async (signal) =>
      lastPush ? judgePlatform(lastPush, await description(signal)) : HIDDEN,
    context: async (signal) => {
      if (!build) return HIDDEN;
      const contents = await ports.measureContext(build, () => undefined, signal);
      return judgeContext(contents, ports.contextLimitBytes);
    },
  };
}

const NOWHERE: Pick<LastPush, "repository" | "tags" | "create"> = {
  repository: "",
  tags: [],
  create: undefined,
};

function judgeBuildKit({ reasonAgainstBuildKit }: EngineDetails): Verdict<"buildkit"> {
  const state = reasonAgainstBuildKit === undefined ? "ok" : "note";
  return { state, facts: { reasonAgainst: reasonAgainstBuildKit } };
}

function judgeDisk(disk: EngineDisk | undefined): Verdict<"disk"> {
  if (!disk) return HIDDEN;
  return { state: isLowDisk(disk) ? "warning" : "ok", facts: disk };
}

function judgeNetwork(facts: NetworkFacts): Verdict<"network"> {
  if (!facts.isStrict) return { state: "warning", facts };
  return { state: facts.proxy ? "note" : "ok", facts };
}

/** Does work once, for whoever asks first, and lets the others share it. */
function lazily<T>(work: (signal: AbortSignal) => Promise<T>): (signal: AbortSignal) => Promise<T> {
  let made: Promise<T> | undefined;
  return (signal) => (made ??= work(signal));
}
