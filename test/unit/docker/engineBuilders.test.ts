import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { hasNoBridge, reasonAgainstBuildKit } from "../../../src/docker/engineBuilders.js";
import { EngineConnection } from "../../../src/docker/engineConnection.js";
import { UpgradeRefused, upgradeConnection } from "../../../src/docker/engineUpgrade.js";

const patience = AbortSignal.timeout(20_000);

async function engineThat(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  upgrade = false,
): Promise<EngineConnection> {
  const server = createServer(answer);
  if (upgrade) {
    server.on("upgrade", (_request, socket) => {
      socket.end(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nat once and then",
      );
    });
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const transport = { kind: "tcp" as const, host: "127.0.0.1", port, tls: undefined };
  return new EngineConnection({ endpoint: `tcp://127.0.0.1:${port}`, chosenBy: "test", transport });
}

function pinged(headers: Record<string, string>): Promise<EngineConnection> {
  return engineThat((_request, response) => response.writeHead(200, headers).end("OK"));
}

describe("what speaks against BuildKit", () => {
  it.each([
    [{}, undefined],
    [{ "Builder-Version": "2" }, undefined],
    [{ "Builder-Version": "" }, undefined],
    [{ "Builder-Version": "1" }, "the engine asks for it"],
    [{ "Builder-Version": "2", Ostype: "windows" }, "the engine runs Windows containers"],
  ])("is in the ping: %j", async (headers, reason) => {
    expect(await reasonAgainstBuildKit(await pinged(headers), {}, patience)).toBe(reason);
  });

  it.each(["0", "false"])("is the user's DOCKER_BUILDKIT=%s", async (value) => {
    const environment = { DOCKER_BUILDKIT: value };
    const engine = await pinged({ "Builder-Version": "2" });
    const reason = await reasonAgainstBuildKit(engine, environment, patience);
    expect(reason).toBe(`DOCKER_BUILDKIT is ${value}`);
  });
});

it.each([
  [200, false],
  [404, true],
  [500, false],
])("a bridge that is answered with %d is missing: %s", async (status, isMissing) => {
  const engine = await engineThat((_request, response) => response.writeHead(status).end("{}"));
  expect(await hasNoBridge(engine, patience)).toBe(isMissing);
});

describe("an upgrade", () => {
  it("returns the connection with what came along at once", async () => {
    const { address } = await engineThat(() => undefined, true);
    const connection = await upgradeConnection(
      address,
      "/session",
      { "X-A": ["1", "2"] },
      patience,
    );
    expect(await text(connection)).toBe("at once and then");
  });

  it("that is refused says with what", async () => {
    const { address } = await engineThat((_request, response) => {
      response.writeHead(403, { "Content-Type": "application/json" });
      response.end('{"message":"not for you"}');
    });
    const upgrade = upgradeConnection(address, "/grpc", {}, patience);
    await expect(upgrade).rejects.toBeInstanceOf(UpgradeRefused);
    await expect(upgrade).rejects.toMatchObject({
      status: 403,
      message: "/grpc answered 403: not for you",
    });
  });

  it("ends with an AbortError when it is cancelled", async () => {
    const { address } = await engineThat(() => undefined);
    const cancel = new AbortController();
    const upgrade = upgradeConnection(address, "/grpc", {}, cancel.signal);
    setTimeout(() => {
      cancel.abort();
    }, 20);
    await expect(upgrade).rejects.toMatchObject({ name: "AbortError" });
    const late = upgradeConnection(address, "/grpc", {}, AbortSignal.abort());
    await expect(late).rejects.toMatchObject({ name: "AbortError" });
  });
});
