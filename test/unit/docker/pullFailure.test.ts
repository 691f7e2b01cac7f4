import { expect, it } from "vitest";
import { explainPull } from "../../../src/docker/pullFailure.js";
import { startEngine } from "./answeringEngine.js";

const signal = new AbortController().signal;
const digest = `sha256:${"9f".repeat(32)}`;
const reference = { host: "registry.example", repository: "team/api", tag: undefined, digest };

it("a pull keeps the engine's words where nobody knows what they mean", async () => {
  const { connection } = await startEngine({ status: 404, body: "{}" });
  const request = { reference, platform: undefined };
  const message = "the daemon dropped it";
  const { failure } = await explainPull(connection, request, undefined, message, signal);
  expect(failure).toEqual({
    kind: "pull-failed",
    reference: `registry.example/team/api@${digest}`,
    message,
  });
});
