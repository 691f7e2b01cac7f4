import { describe, expect, it } from "vitest";
import type { WarningEvent } from "../../../../src/core/build/buildEvents.js";
import type { BuildRequest } from "../../../../src/core/enginePorts.js";
import { EcrError, type Failure } from "../../../../src/core/errors.js";
import { makeFindToken } from "../../../../src/core/login/findToken.js";
import { renewRefused } from "../../../../src/core/login/renewRefused.js";
import { TokenKeeper } from "../../../../src/core/login/tokenKeeper.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const signal = new AbortController().signal;
const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

/** Runs a build that logs in to ECR and then fails as planned, time after time. */
async function run(failures: Failure[], host = HOST) {
  const registry = new InMemoryRegistry();
  const tokens = new TokenKeeper(registry.now, () => undefined);
  const open = () => Promise.resolve(registry);
  const findToken = makeFindToken({ open, tokens }, registry.location);
  const used: (string | undefined)[] = [];
  async function* build(request: BuildRequest): AsyncGenerator<WarningEvent, string, void> {
    const found = await request.findToken?.(host, signal);
    used.push(found?.token.revealPassword());
    const failure = failures.shift();
    if (failure) throw new EcrError(failure);
    yield { type: "warning", text: "built" };
    return "image";
  }
  const request = { dockerfile: "Dockerfile", context: ".", platforms: [], findToken };
  const stream = renewRefused(request, build, signal);
  const texts: string[] = [];
  try {
    for (;;) {
      const next = await stream.next();
      if (next.done) return { texts, used, result: next.value };
      texts.push(next.value.text);
    }
  } catch (error) {
    return { texts, used, error };
  }
}

const expired: Failure = { kind: "token-expired", host: HOST };
const refusedBase: Failure = {
  kind: "base-image-unauthorized",
  image: `${HOST}/team/base:1`,
  host: HOST,
  dockerfile: "Dockerfile",
  line: 1,
  login: { kind: "aws", profile: "dev" },
};

const denied = { action: undefined, resource: undefined, principal: undefined };
const silent: Failure = { ...refusedBase, kind: "base-image-denied", ...denied };
const told: Failure = { ...silent, action: "ecr:BatchGetImage" };

describe("renewRefused", () => {
  it.each([expired, refusedBase, silent])(
    "builds again with a new token after $kind",
    async (failure) => {
      const { texts, used, result } = await run([failure]);
      expect(result).toBe("image");
      expect(used).toEqual(["secret-1", "secret-2"]);
      expect(texts).toHaveLength(2);
      expect(texts[0]).toContain(HOST);
    },
  );

  it("builds again once, and no more", async () => {
    const { used, error } = await run([expired, expired]);
    expect(error).toMatchObject({ failure: expired });
    expect(used).toHaveLength(2);
  });

  it.each<[string, Failure, string]>([
    ["a refusal that names what is missing", told, HOST],
    ["another failure", { kind: "engine-disk-full", operation: "build" }, HOST],
    ["a host that got none of our tokens", { ...refusedBase, host: "docker.io" }, "docker.io"],
  ])("does not build again after %s", async (_, failure, host) => {
    const { used, error } = await run([failure], host);
    expect(error).toMatchObject({ failure });
    expect(used).toHaveLength(1);
  });
});
