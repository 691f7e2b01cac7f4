import { describe, expect, it } from "vitest";
import { connectFirst } from "../../../src/docker/connectFirst.js";
import type { EngineAddress } from "../../../src/docker/engineAddress.js";
import { startEngine } from "./answeringEngine.js";

const signal = AbortSignal.timeout(20_000);
const at = (socket: string): EngineAddress => ({
  endpoint: `unix://${socket}`,
  chosenBy: "test",
  transport: { kind: "socket", path: socket },
});
const silent = (): undefined => undefined;

describe("connectFirst", () => {
  it("takes the first engine that answers", async () => {
    const broken = await startEngine({ status: 500, body: "no" });
    const good = await startEngine({ body: "OK" });
    const unused = await startEngine({ body: "OK" });
    const lines: string[] = [];
    const addresses = [at("/nonexistent"), at(broken.socket), at(good.socket), at(unused.socket)];
    const [first, ...others] = addresses as [EngineAddress, ...EngineAddress[]];
    const log = (line: string): unknown => lines.push(line);
    const connection = await connectFirst([first, ...others], log, signal);
    expect(connection.address).toBe(addresses[2]);
    expect(unused.requests).toEqual([]);
    expect(lines).toEqual([
      expect.stringContaining("ENOENT"),
      expect.stringContaining("ping answered 500"),
    ]);
  });

  it("names everything that it tried", async () => {
    const connecting = connectFirst([at("/nonexistent/1"), at("/nonexistent/2")], silent, signal);
    await expect(connecting).rejects.toMatchObject({
      failure: {
        kind: "docker-unavailable",
        endpoint: "unix:///nonexistent/1",
        tried: ["unix:///nonexistent/1", "unix:///nonexistent/2"],
      },
      cause: expect.objectContaining({ code: "ENOENT" }) as Error,
    });
  });

  it("ends as a cancellation when it is aborted", async () => {
    const connecting = connectFirst([at("/nonexistent")], silent, AbortSignal.abort());
    await expect(connecting).rejects.toMatchObject({ name: "AbortError" });
  });
});
