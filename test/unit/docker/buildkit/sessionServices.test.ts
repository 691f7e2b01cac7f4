import { describe, expect, it } from "vitest";
import { authService } from "../../../../src/docker/buildkit/authService.js";
import { healthService } from "../../../../src/docker/buildkit/healthService.js";
import { FieldWriter, readMessage, text } from "../../../../src/docker/buildkit/protoFields.js";
import { secretsService } from "../../../../src/docker/buildkit/secretsService.js";
import type { SessionService } from "../../../../src/docker/buildkit/sessionService.js";
import { callOf } from "./wire.js";

async function ask(service: SessionService, ...texts: readonly string[]): Promise<string[]> {
  const messages = texts.map((value) => new FieldWriter().text(1, value).finish());
  const { call, sent } = callOf(service.methods[0] ?? "", messages);
  await service.handle(call);
  expect(sent).toHaveLength(1);
  const fields = ["", ""];
  readMessage(sent[0] ?? new Uint8Array(), {
    1: text((is) => (fields[0] = is)),
    2: text((is) => (fields[1] = is)),
  });
  return fields;
}

describe("the service for logins", () => {
  const asked: string[] = [];
  const service = authService((host) => {
    asked.push(host);
    const login = { username: "kim", password: "own" };
    return Promise.resolve(host === "other.example" ? login : undefined);
  });

  it("asks for the login of the very host that BuildKit names", async () => {
    expect(await ask(service, "other.example")).toEqual(["kim", "own"]);
    expect(await ask(service, "other.example:443")).toEqual(["", ""]);
    expect(asked).toEqual(["other.example", "other.example:443"]);
  });
});

describe("the service for secrets", () => {
  const service = secretsService((id) =>
    Promise.resolve(id === "key" ? Buffer.from("value") : undefined),
  );

  it("gives a secret by its id", async () => {
    expect(await ask(service, "key")).toEqual(["value", ""]);
  });

  it("says that a secret is not there", async () => {
    await expect(ask(service, "other")).rejects.toMatchObject({
      code: 5,
      message: "the build was given no secret other",
    });
  });

  it("refuses a call without a question", async () => {
    await expect(ask(service)).rejects.toMatchObject({ code: 3 });
  });
});

it("the service for health says that it serves", async () => {
  const { call, sent } = callOf(healthService.methods[0] ?? "", []);
  await healthService.handle(call);
  expect(sent.map((message) => [...message])).toEqual([[8, 1]]);
});
