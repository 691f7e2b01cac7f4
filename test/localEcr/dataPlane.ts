import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "./awsError.js";
import { answerBlob } from "./blobs.js";
import type { BlobUploads } from "./blobUploads.js";
import { findRepository } from "./call.js";
import type { Context } from "./context.js";
import { createOnPush } from "./createOnPush.js";
import { answerReferrers, answerTags } from "./dataLists.js";
import type { DataRoute } from "./dataRoute.js";
import { operationOf, tryParseDataRoute } from "./dataRoute.js";
import type { Exchange } from "./exchange.js";
import { accessDenied } from "./faults.js";
import { answerManifest } from "./manifests.js";
import { asOciError, OciError } from "./ociError.js";
import type { LoggedRequest } from "./requestLog.js";
import type { RegistryKey } from "./store.js";
import { answerNewUpload, answerUpload } from "./uploadRequests.js";

/** Answers a request of the OCI distribution protocol. */
export async function answerDataPlane(
  context: Context,
  uploads: BlobUploads,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  logged: LoggedRequest,
): Promise<void> {
  response.setHeader("docker-distribution-api-version", "registry/2.0");
  const route = tryParseDataRoute(url.pathname);
  try {
    if (!route) throw new OciError("NAME_INVALID", "Invalid path", 404);
    logged.operation = operationOf(route, logged.method);
    const key = authenticate(context, request.headers.authorization);
    checkFaults(context, key, route, logged.operation);
    await answerRoute({ context, request, response, url }, uploads, route, key);
  } catch (error) {
    const refusal = error instanceof AwsError ? asOciError(error) : error;
    if (!(refusal instanceof OciError)) throw error;
    sendRefusal(context, response, refusal);
  }
}

async function answerRoute(
  base: Omit<Exchange, "name" | "open">,
  uploads: BlobUploads,
  route: DataRoute,
  key: RegistryKey,
): Promise<void> {
  if (route.kind === "ping") {
    base.response.setHeader("content-type", "application/json");
    base.response.end("{}");
    return;
  }
  const { context } = base;
  const { name } = route;
  if (route.kind === "uploads") createOnPush(context, key, name);
  const exchange = { ...base, name, open: () => findRepository(context, key, name) };
  // Whatever the request is about, a repository that does not exist is what is wrong with it.
  exchange.open();
  switch (route.kind) {
    case "blob":
      return answerBlob(exchange, route.digest);
    case "uploads":
      return answerNewUpload(exchange, uploads);
    case "upload":
      return answerUpload(exchange, uploads, route.id);
    case "manifest":
      return answerManifest(exchange, route.reference);
    case "tags":
      answerTags(exchange);
      return;
    case "referrers":
      answerReferrers(exchange, route.digest);
      return;
  }
}

/** Returns the registry that the password in a Basic header is for. */
function authenticate({ tokens }: Context, authorization: string | undefined): RegistryKey {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
  const credentials = Buffer.from(encoded, "base64").toString("utf8");
  const colon = credentials.indexOf(":");
  const isAws = credentials.slice(0, colon) === "AWS";
  const check = isAws ? tokens.check(credentials.slice(colon + 1)) : { kind: "unknown" as const };
  switch (check.kind) {
    case "valid":
      return check.key;
    case "expired":
      throw new OciError(
        "DENIED",
        "Your authorization token has expired. Reauthenticate and try again.",
        403,
      );
    case "unknown":
      throw new OciError("UNAUTHORIZED", "Not Authorized", 401);
  }
}

function checkFaults(
  { faults }: Context,
  key: RegistryKey,
  route: DataRoute,
  operation: string | undefined,
): void {
  if (operation === undefined) return;
  const failure = faults.takeFailure(operation);
  if (failure) throw asOciError(new AwsError(failure.code, failure.message, failure.status));
  const denial = faults.denialOf(operation);
  if (!denial) return;
  const { message } = accessDenied(
    key,
    operation,
    "name" in route ? route.name : undefined,
    denial,
  );
  throw new OciError("DENIED", denial.emptyBody ? "" : message, 403);
}

/** An error without a text has no body at all; a 401 is plain text, as ECR's is. */
function sendRefusal({ origin }: Context, response: ServerResponse, refusal: OciError): void {
  const { code, message, status } = refusal;
  response.statusCode = status;
  if (status === 401) {
    const challenge = `Basic realm="${origin}/",service="ecr.amazonaws.com"`;
    response.setHeader("www-authenticate", challenge);
    response.setHeader("content-type", "text/plain");
    response.end(`${message}\n`);
    return;
  }
  response.setHeader("content-type", "application/json");
  response.end(message === "" ? undefined : JSON.stringify({ errors: [{ code, message }] }));
}
