import { createHash } from "node:crypto";
import { addAbortSignal, Readable } from "node:stream";
import { type ECRClient, GetDownloadUrlForLayerCommand } from "@aws-sdk/client-ecr";
import { HttpRequest, HttpResponse } from "@smithy/core/protocols";
import { EcrError } from "../../core/errors.js";
import type { ConfigFault } from "../../core/failures/registryFailures.js";

/** Configs take some kilobytes; manifests, which hold as much, may take 4 MiB in ECR. */
const MAX_BYTES = 8 * 1024 * 1024;
/** S3 answers in tenths of a second. */
const TIMEOUT_MS = 30_000;

/**
 * Reads the config of an image from the store behind ECR, over the client's own connection settings.
 *
 * The address that ECR gives is good by itself for an hour: it gets no credentials.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html
 */
export async function readConfigText(
  ecr: ECRClient,
  repositoryName: string,
  digest: string,
  signal: AbortSignal,
): Promise<string> {
  const command = new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: digest });
  const { downloadUrl = "" } = await ecr.send(command, { abortSignal: signal });
  if (!URL.canParse(downloadUrl)) throw unusable(digest, "unsafe-address");
  const url = new URL(downloadUrl);
  // Only a registry that is itself reached without TLS, such as a local one, may lead to such a store.
  const endpoint = await ecr.config.endpoint?.();
  if (url.protocol !== "https:" && url.protocol !== endpoint?.protocol) {
    throw unusable(digest, "unsafe-address");
  }
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await download(ecr, url, digest, AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (!timeout.aborted || signal.aborted) throw error;
    const late = new Error("the store of layers did not answer in time", { cause: error });
    throw Object.assign(late, { name: "TimeoutError", hostname: url.host });
  }
}

async function download(
  { config }: ECRClient,
  url: URL,
  digest: string,
  abortSignal: AbortSignal,
): Promise<string> {
  const { protocol, hostname, port, pathname, searchParams } = url;
  const request = new HttpRequest({
    method: "GET",
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { host: url.host },
  });
  const answer: { response: unknown } = await config.requestHandler.handle(request, {
    abortSignal,
  });
  const { response } = answer;
  const body: unknown = HttpResponse.isInstance(response) ? response.body : undefined;
  if (!HttpResponse.isInstance(response) || !(body instanceof Readable)) {
    throw unusable(digest, "withheld");
  }
  if (response.statusCode !== 200) {
    body.destroy();
    throw unusable(digest, "withheld");
  }
  const hash = createHash("sha256");
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of addAbortSignal(abortSignal, body) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw unusable(digest, "too-large");
    hash.update(chunk);
    chunks.push(chunk);
  }
  if (`sha256:${hash.digest("hex")}` !== digest) throw unusable(digest, "altered");
  return Buffer.concat(chunks).toString("utf8");
}

function unusable(digest: string, fault: ConfigFault): EcrError {
  return new EcrError({ kind: "config-unusable", digest, fault });
}
