import { describe, expect, it } from "vitest";
import { RegistryToken } from "../../../../src/core/registryToken.js";
import { authService } from "../../../../src/docker/buildkit/authService.js";
import { healthService } from "../../../../src/docker/buildkit/healthService.js";
import { FieldWriter, readMessage, text } from "../../../../src/docker/buildkit/protoFields.js";
import { registryLogins } from "../../../../src/docker/buildkit/registryLogins.js";
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
  const token = new RegistryToken("1.dkr.ecr.example", "AWS", "the-token", new Date(), new Date());
  const warnings: string[] = [];
  const logins = registryLogins(
    [token],
    (host) => {
      if (host === "broken.example") return Promise.reject(new Error("the helper failed"));
      const login = { username: "kim", password: "own" };
      return Promise.resolve(host === "other.example" ? login : undefined);
    },
    (line) => warnings.push(line),
  );
  const service = authService(logins);

  it("gives a token to exactly its host", async () => {
    expect(await ask(service, "1.dkr.ecr.example")).toEqual(["AWS", "the-token"]);
  });

  it.each([
    ...["registry-1.docker.io", "2.dkr.ecr.example", "dkr.ecr.example", "1.dkr.ecr.example:443"],
    ...["1.dkr.ecr.example.evil.example", "1.DKR.ecr.example", "x1.dkr.ecr.example", ""],
  ])("gives nothing to %j", async (host) => {
    expect(await ask(service, host)).toEqual(["", ""]);
  });

  it("gives other hosts what the user has for them", async () => {
    expect(await ask(service, "other.example")).toEqual(["kim", "own"]);
  });

  it("warns where the user's login can't be read, and goes on without", async () => {
    expect(await ask(service, "broken.example")).toEqual(["", ""]);
    expect(warnings).toEqual(["broken.example is asked without a login: the helper failed"]);
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
