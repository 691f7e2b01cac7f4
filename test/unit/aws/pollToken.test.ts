import { expect, it } from "vitest";
import type { OidcAnswer } from "../../../src/aws/oidcClient.js";
import { pollToken } from "../../../src/aws/pollToken.js";
import { EcrError } from "../../../src/core/errors.js";

const signal = new AbortController().signal;
const unreachable = new EcrError({ kind: "aws-unreachable", host: "oidc", region: "eu-west-1" });
const pending = { refusal: { code: "authorization_pending", description: "", status: 400 } };
const token = { fields: { accessToken: "not-a-secret" } };

/** Polls a service that gives these answers in turn, with a code that lives so many seconds. */
function poll(answers: readonly (OidcAnswer | Error)[], lifeSeconds: number) {
  const waits: number[] = [];
  const left = [...answers];
  const result = pollToken(
    {
      ask: () => {
        const answer = left.shift() ?? pending;
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
      input: {},
      intervalSeconds: 1,
      endsAt: new Date(lifeSeconds * 1000),
      now: () => new Date(waits.reduce((sum, seconds) => sum + seconds, 0) * 1000),
      wait: (seconds) => {
        waits.push(seconds);
        return Promise.resolve();
      },
    },
    signal,
  );
  return { result, waits };
}

it("goes on, more slowly, after a connection that failed", async () => {
  const { result, waits } = poll([pending, unreachable, pending, token], 600);
  expect(await result).toBe(token);
  expect(waits).toEqual([1, 1, 6, 6]);
});

it("fails with the connection where that is all there was when the code ended", async () => {
  const { result } = poll([pending, unreachable, unreachable, unreachable], 10);
  await expect(result).rejects.toBe(unreachable);
});

it("asks once more when the code has ended meanwhile, as with a laptop that slept", async () => {
  expect(await poll([token], 0).result).toBe(token);
  expect(await poll([pending], 0).result).toMatchObject({ refusal: { code: "expired_token" } });
});

it("does not go on after another failure, or a cancellation", async () => {
  for (const error of [new Error("a defect"), new DOMException("cancelled", "AbortError")]) {
    await expect(poll([error, token], 600).result).rejects.toBe(error);
  }
});
