import { createReadStream } from "node:fs";
import http, { type RequestOptions } from "node:http";
import { pipeline } from "node:stream/promises";
import { text } from "node:stream/consumers";

/** What the bare engine gets to do. */
export interface BareWork {
  /** The context, packed beforehand. */
  readonly tarFile: string;
  /** The reference without its tag: registry host, port and repository. */
  readonly name: string;
  readonly tag: string;
  /** The header `X-Registry-Auth`, made beforehand. */
  readonly auth: string;
}

/**
 * Builds and pushes with two requests to the Engine API and nothing around them: no preflight, no
 * packing, no progress, no look at the registry. Throws when one of them fails.
 */
export async function buildAndPushBarely(host: string, work: BareWork): Promise<void> {
  const { tarFile, name, tag, auth } = work;
  const build = `/build?${new URLSearchParams({ t: `${name}:${tag}`, rm: "1" }).toString()}`;
  await post(host, build, { "Content-Type": "application/x-tar" }, tarFile);
  const answer = await post(host, `/images/${name}/push?tag=${tag}`, { "X-Registry-Auth": auth });
  if (!/digest: sha256:/.test(answer)) throw new Error(`the push told no digest: ${answer}`);
}

/** Node's own 64 KB would make the peer slower than it need be. */
const CHUNK_BYTES = 1024 * 1024;

async function post(
  host: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  bodyFile?: string,
): Promise<string> {
  const request = http.request({ ...address(host), method: "POST", path, headers, agent: false });
  const answered = new Promise<string>((resolve, reject) => {
    request.once("error", reject);
    request.once("response", (response) => {
      text(response).then((answer) => {
        if (response.statusCode === 200 && !answer.includes('"error"')) resolve(answer);
        else reject(new Error(`${path} failed: ${answer.slice(-1000)}`));
      }, reject);
    });
  });
  if (bodyFile === undefined) request.end();
  else {
    const body = createReadStream(bodyFile, { highWaterMark: CHUNK_BYTES });
    await Promise.all([pipeline(body, request), answered]);
  }
  return answered;
}

function address(host: string): RequestOptions {
  const url = new URL(host);
  return url.protocol === "unix:"
    ? { socketPath: url.pathname }
    : { host: url.hostname, port: url.port };
}
