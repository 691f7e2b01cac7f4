import { once } from "node:events";
import { createServer as createHttp, type RequestListener, type Server } from "node:http";
import { createServer as createHttps } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import type { Failure } from "../../../src/core/errors.js";
import { makeAwsFiles, type AwsFiles } from "../../fakes/awsFiles.js";
import { makeCertificate } from "../../localProxy/certificates.js";

const KEYS = "aws_access_key_id = 123456789012\naws_secret_access_key = not-a-real-secret\n";
const signal = AbortSignal.timeout(60_000);

let files: AwsFiles;
const servers: Server[] = [];
beforeEach(() => {
  files = makeAwsFiles();
  files.write("", `[dev]\n${KEYS}`);
  vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
});
afterEach(() => {
  files.remove();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server.listen(0, "127.0.0.1"));
  await once(server, "listening");
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Asks for a token in vain, and returns why there is none. */
async function failure(endpoint: string, profile = "dev"): Promise<Failure> {
  const askMfaCode = (): Promise<string> => Promise.resolve("123456");
  const registry = makeOpenRegistry({ askMfaCode })({ profile, region: "eu-west-1", endpoint });
  const error: unknown = await registry.fetchToken(signal).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "EcrError" });
  return (error as { failure: Failure }).failure;
}

function refuse(name: string, message: string, headers: Record<string, string>): RequestListener {
  return (_, response) => {
    response.writeHead(400, { "content-type": "application/x-amz-json-1.1", ...headers });
    response.end(JSON.stringify({ __type: name, message }));
  };
}

describe("a clock that differs from AWS's", () => {
  it.each([
    [-20, { kind: "clock-skewed", aheadMinutes: 20 }],
    [33, { kind: "clock-skewed", aheadMinutes: -33 }],
    [0, { kind: "credentials-rejected", why: "wrong-secret" }],
  ])("by %d min is told from a wrong secret", async (minutes, expected) => {
    const date = new Date(Date.now() + minutes * 60_000).toUTCString();
    const words = "The request signature we calculated does not match the signature you provided.";
    const host = await listen(createHttp(refuse("InvalidSignatureException", words, { date })));
    expect(await failure(`http://${host}`)).toMatchObject(expected);
  });
});

describe("an MFA code", () => {
  it("that STS refuses is named as such", async () => {
    const sts = createHttp((_, response) => {
      response.writeHead(403, { "content-type": "text/xml" });
      response.end(
        '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code. </Message></Error><RequestId>8a5f</RequestId></ErrorResponse>',
      );
    });
    vi.stubEnv("AWS_ENDPOINT_URL_STS", `http://${await listen(sts)}`);
    const role = "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = dev\n";
    const serial = "mfa_serial = arn:aws:iam::123456789012:mfa/dev\n";
    files.write(`[profile admin]\n${role}${serial}`, `[dev]\n${KEYS}`);
    expect(await failure("http://127.0.0.1:9", "admin")).toEqual({
      kind: "mfa-refused",
      profile: "admin",
    });
  });
});

describe("a certificate", () => {
  it("that nobody known has signed is told from a host that does not answer", async () => {
    const { certificate: cert, key } = await makeCertificate(path.dirname(files.config), [
      "ecr.example",
    ]);
    const host = await listen(createHttps({ cert, key }, (_, response) => response.end()));
    expect(await failure(`https://${host}`)).toEqual({
      kind: "certificate-untrusted",
      host,
      problem: "untrusted",
    });
  });

  it("is missed where a host does not speak TLS", async () => {
    const host = await listen(createHttp((_, response) => response.end("hello")));
    expect(await failure(`https://${host}`)).toEqual({
      kind: "certificate-untrusted",
      host,
      problem: "no-tls",
    });
  });
});
