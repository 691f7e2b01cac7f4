import { describe, expect, it } from "vitest";
import { parseEngineAddress, type EngineAddress } from "../../../src/docker/engineAddress.js";

const tls = { ca: Buffer.from("ca"), cert: undefined, key: undefined, verify: true };

function parse(endpoint: string, withTls = false): EngineAddress {
  const source = { endpoint, chosenBy: "DOCKER_HOST", name: "DOCKER_HOST", environment: {} };
  return parseEngineAddress({ ...source, tls: withTls ? tls : undefined });
}

describe("parseEngineAddress", () => {
  it("keeps the address as it is written, and who chose it", () => {
    expect(parse("unix:///run/my docker.sock")).toEqual({
      endpoint: "unix:///run/my docker.sock",
      chosenBy: "DOCKER_HOST",
      transport: { kind: "socket", path: "/run/my docker.sock" },
    });
  });

  it("opens Windows pipes under their own name", () => {
    expect(parse("npipe:////./pipe/docker_engine").transport).toEqual({
      kind: "socket",
      path: "\\\\.\\pipe\\docker_engine",
    });
  });

  it.each([
    ["tcp://10.0.0.1:1234", false, "10.0.0.1", 1234],
    ["tcp://engine.example", false, "engine.example", 2375],
    ["tcp://engine.example", true, "engine.example", 2376],
    ["tcp://", false, "localhost", 2375],
    ["engine.example:80", false, "engine.example", 80],
    ["http://engine.example:2375/", false, "engine.example", 2375],
    ["tcp://[::1]:2375", false, "::1", 2375],
  ])("reads %s (TLS: %s)", (endpoint, withTls, host, port) => {
    const expected = { kind: "tcp", host, port, tls: withTls ? tls : undefined };
    expect(parse(endpoint, withTls).transport).toEqual(expected);
  });

  it("verifies an https server with the system's authorities", () => {
    expect(parse("https://engine.example").transport).toMatchObject({
      port: 2376,
      tls: { verify: true, ca: undefined },
    });
  });

  it("reads user, host and port of an ssh address", () => {
    expect(parse("ssh://me@engine.example:2222").transport).toMatchObject({
      kind: "ssh",
      host: "engine.example",
      user: "me",
      port: 2222,
    });
    expect(parse("ssh://engine.example").transport).toMatchObject({
      user: undefined,
      port: undefined,
    });
  });

  it.each([
    "unix://",
    "unix://relative.sock",
    "npipe://",
    "tcp://:",
    "fd://",
    "ftp://engine.example",
    "ssh://",
    "ssh://me:secret@engine.example",
    "ssh://-oProxyCommand=x",
  ])("refuses %s without telling a password", (endpoint) => {
    const failing = (): EngineAddress => parse(endpoint);
    expect(failing).toThrow(/docker-context-invalid.*DOCKER_HOST/);
    expect(failing).not.toThrow(/secret/);
  });
});
