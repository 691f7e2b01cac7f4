import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "./awsError.js";
import type { Operation } from "./call.js";
import type { Context } from "./context.js";
import { accessDenied } from "./faults.js";
import { Input } from "./input.js";
import { tryParseObject } from "./json.js";
import { authorizationOperations } from "./operations/authorization.js";
import { creationTemplateOperations } from "./operations/creationTemplates.js";
import { imageListOperations } from "./operations/imageLists.js";
import { imageOperations } from "./operations/images.js";
import { layerOperations } from "./operations/layers.js";
import { lifecycleOperations } from "./operations/lifecycle.js";
import { lifecyclePreviewOperations } from "./operations/lifecyclePreviews.js";
import { publicOperations } from "./operations/publicRegistry.js";
import { referrerOperations } from "./operations/referrers.js";
import { registrySettingOperations } from "./operations/registrySettings.js";
import { repositoryOperations } from "./operations/repositories.js";
import { repositoryPolicyOperations } from "./operations/repositoryPolicies.js";
import { resourceTagOperations } from "./operations/resourceTags.js";
import { scanSettingOperations } from "./operations/scanSettings.js";
import { scanOperations } from "./operations/scans.js";
import { storageClassOperations } from "./operations/storageClass.js";
import { tagMutabilityOperations } from "./operations/tagMutability.js";
import { publicKey } from "./publicRegistry.js";
import { readBody } from "./requestBody.js";
import type { LoggedRequest } from "./requestLog.js";
import { parseSignedScope } from "./sigV4.js";
import type { RegistryKey } from "./store.js";
import { answerSts, stsError } from "./sts.js";

const operations = new Map<string, Operation>(
  [
    authorizationOperations,
    creationTemplateOperations,
    imageListOperations,
    imageOperations,
    layerOperations,
    lifecycleOperations,
    lifecyclePreviewOperations,
    referrerOperations,
    registrySettingOperations,
    repositoryOperations,
    repositoryPolicyOperations,
    resourceTagOperations,
    scanOperations,
    scanSettingOperations,
    storageClassOperations,
    tagMutabilityOperations,
  ].flatMap((family) => Object.entries(family)),
);

/** The APIs that speak JSON: how a request names the one that it means, and what each can. */
const services = [
  {
    name: "ecr",
    targetPrefix: "AmazonEC2ContainerRegistry_V20150921.",
    find: (operation: string) => operations.get(operation),
  },
  {
    name: "ecr-public",
    targetPrefix: "SpencerFrontendService.",
    find: (operation: string) => publicOperations[operation],
  },
] as const;

const maxBodyBytes = 16 * 1024 * 1024;

/** Answers a request to the AWS API: ECR's JSON protocol, or STS' query protocol. */
export async function answerControlPlane(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  logged: LoggedRequest,
): Promise<void> {
  const requestId = randomUUID();
  const isQuery =
    request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ?? false;
  response.setHeader("x-amzn-requestid", requestId);
  response.setHeader("content-type", isQuery ? "text/xml" : "application/x-amz-json-1.1");
  const body = await readBody(request, maxBodyBytes);
  try {
    if (!body) throw new AwsError("RequestEntityTooLarge", "Request is too long", 413);
    const text = body.toString("utf8");
    response.end(
      isQuery
        ? answerQuery(context, request, logged, text, requestId)
        : JSON.stringify(answerJson(context, request, logged, text)),
    );
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    response.statusCode = isQuery && error.status === 400 ? 403 : error.status;
    response.end(
      isQuery
        ? stsError(error, requestId)
        : JSON.stringify({ __type: error.code, message: error.message }),
    );
  }
}

function answerJson(
  context: Context,
  request: IncomingMessage,
  logged: LoggedRequest,
  body: string,
): object {
  const target = String(request.headers["x-amz-target"] ?? "");
  const service = services.find(({ targetPrefix }) => target.startsWith(targetPrefix));
  const name = service ? target.slice(service.targetPrefix.length) : "";
  const operation = service?.find(name);
  if (!service || !operation) {
    throw new AwsError(
      "UnknownOperationException",
      `Unknown operation: ${name || target || "none"}`,
    );
  }
  const action = service.name === "ecr" ? name : `${service.name}:${name}`;
  logged.operation = action;
  const caller = authorize(request, service.name);
  const key = service.name === "ecr" ? caller : toPublic(caller, name);
  const fields = tryParseObject(body === "" ? "{}" : body);
  if (!fields) throw new AwsError("SerializationException", "The request is not a JSON object");
  const input = new Input(fields);
  const repository = fields["repositoryName"];
  checkFaults(context, key, action, typeof repository === "string" ? repository : undefined);
  return operation({ input, key, context });
}

function answerQuery(
  context: Context,
  request: IncomingMessage,
  logged: LoggedRequest,
  body: string,
  requestId: string,
): string {
  const name = new URLSearchParams(body).get("Action") ?? "";
  logged.operation = name;
  const key = authorize(request, "sts");
  checkFaults(context, key, name, undefined);
  return answerSts(name, key, requestId);
}

/** ECR Public answers for a whole account, and in one region alone. */
function toPublic({ account, region }: RegistryKey, operation: string): RegistryKey {
  if (region === "us-east-1") return publicKey(account);
  throw new AwsError(
    "UnsupportedCommandException",
    `${operation} command is only supported in us-east-1.`,
  );
}

function authorize(request: IncomingMessage, service: string): RegistryKey {
  const scope = parseSignedScope(request.headers.authorization);
  if (scope.service === service) return { account: scope.account, region: scope.region };
  throw new AwsError(
    "InvalidSignatureException",
    `Credential should be scoped to correct service: '${service}'.`,
  );
}

function checkFaults(
  { faults }: Context,
  key: RegistryKey,
  operation: string,
  repository: string | undefined,
): void {
  const failure = faults.takeFailure(operation) ?? faults.takeFailure("*");
  if (failure) throw new AwsError(failure.code, failure.message, failure.status);
  const denial = faults.denialOf(operation);
  if (denial) throw accessDenied(key, operation.replace(/^.*:/, ""), repository, denial);
}
