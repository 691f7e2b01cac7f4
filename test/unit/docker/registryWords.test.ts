import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { RegistryToken } from "../../../src/core/login/registryToken.js";
import { findRegistryWords } from "../../../src/docker/registryWords.js";
import { startEngine } from "./answeringEngine.js";

const signal = new AbortController().signal;
const DENIED = JSON.stringify({ errors: [{ code: "DENIED", message: "not for you" }] });

interface Asked {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
}

/** A registry that gives one answer. */
async function startRegistry(
  status: number,
  body: string,
): Promise<{ host: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const { method, url, headers } = request;
    asked.push({ method, url, authorization: headers.authorization });
    request.resume();
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function find(message: string, tokenHost: string): Promise<string | undefined> {
  const { connection } = await startEngine({ status: 404, body: "{}" });
  const token = new RegistryToken(tokenHost, "AWS", "secret", new Date(), new Date());
  return findRegistryWords(connection, message, token, signal);
}

it.each([
  ["HEAD", "GET"],
  ["POST", "POST"],
])("repeats %s as %s, and returns what the registry says", async (method, repeated) => {
  const { host, asked } = await startRegistry(403, DENIED);
  const url = `http://${host}/v2/a/blobs/x`;
  const words = await find(
    `unexpected status from ${method} request to ${url}: 403 Forbidden`,
    host,
  );
  expect(words).toBe("denied: not for you");
  const authorization = `Basic ${Buffer.from("AWS:secret").toString("base64")}`;
  expect(asked).toEqual([{ method: repeated, url: "/v2/a/blobs/x", authorization }]);
});

it.each([
  [200, ""],
  [403, ""],
  [502, "<html>"],
  [403, "{broken"],
  [404, '{"errors":[]}'],
])("has no words for %s %s", async (status, body) => {
  const { host } = await startRegistry(status, body);
  const url = `http://${host}/v2/a/blobs/x`;
  expect(
    await find(`unexpected status from HEAD request to ${url}: 403 Forbidden`, host),
  ).toBeUndefined();
});

it("shows the token to no other host than its own", async () => {
  const { host, asked } = await startRegistry(403, DENIED);
  const url = `http://${host}/v2/a/blobs/x`;
  const message = `unexpected status from HEAD request to ${url}: 403 Forbidden`;
  expect(await find(message, "127.0.0.1:1")).toBeUndefined();
  expect(await find(message, host.replace("127.0.0.1", "localhost"))).toBeUndefined();
  expect(asked).toEqual([]);
});

it("shows the token in the clear to this machine only", async () => {
  const host = "registry.invalid";
  const message = `unexpected status from HEAD request to http://${host}/v2/a: 403 Forbidden`;
  const before = globalThis.fetch;
  const fetched: unknown[] = [];
  globalThis.fetch = (url) => {
    fetched.push(url);
    return Promise.reject(new Error("nobody"));
  };
  onTestFinished(() => {
    globalThis.fetch = before;
  });
  expect(await find(message, host)).toBeUndefined();
  expect(fetched).toEqual([]);
  // The same over TLS is asked, and has no answer here.
  expect(await find(message.replace("http:", "https:"), host)).toBeUndefined();
  expect(fetched).toHaveLength(1);
});

it("asks nobody for a message of another kind", async () => {
  expect(await find("denied: no", "h")).toBeUndefined();
  expect(await find("unexpected status from HEAD request to nowhere: 403 Forbidden", "h")).toBe(
    undefined,
  );
});
