import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsError } from "./awsError.js";
import type { Context } from "./context.js";
import type { ControlRequests } from "./controlRequests.js";
import { Input } from "./input.js";
import { tryParseObject } from "./json.js";
import { readBody } from "./requestBody.js";
import { seedRepositories } from "./seed.js";
import { setScan } from "./setScan.js";
import { defaultAccount } from "./sigV4.js";
import type { RegistryKey } from "./store.js";

type Handlers = {
  [Name in keyof ControlRequests]: (
    context: Context,
    input: Input,
  ) => ControlRequests[Name]["gives"];
};

/** Scans of thousands of findings come in one request. */
const mostBodyBytes = 32_000_000;
const most = Number.MAX_SAFE_INTEGER;

const handlers: Handlers = {
  expireTokens({ tokens }) {
    tokens.expireAll();
    return {};
  },
  denyAction({ faults }, input) {
    faults.deny(input.string("action"), {
      explicit: input.optionalBoolean("explicit") ?? false,
      emptyBody: input.optionalBoolean("emptyBody") ?? false,
    });
    return {};
  },
  failOperation({ faults }, input) {
    faults.fail(input.string("operation"), {
      code: input.string("code"),
      message: input.string("message"),
      status: integer(input, "status", 400),
      times: integer(input, "times", 1),
    });
    return {};
  },
  failLayer({ faults }, input) {
    faults.failLayer({
      nth: integer(input, "nth", 1),
      status: integer(input, "status", 500),
      times: integer(input, "times", 1),
    });
    return {};
  },
  cutLayer({ faults }, input) {
    faults.cutLayer({
      nth: integer(input, "nth", 1),
      afterBytes: integer(input, "afterBytes", 0),
      times: integer(input, "times", 1),
    });
    return {};
  },
  limitRate({ faults }, input) {
    const bytesPerSecond = integer(input, "bytesPerSecond", 0);
    faults.rate.setRate(bytesPerSecond === 0 ? undefined : bytesPerSecond);
    return {};
  },
  latency({ faults }, input) {
    faults.latencyMs = integer(input, "ms", 0);
    return {};
  },
  offline({ faults }, input) {
    faults.isOffline = input.optionalBoolean("isOffline") ?? true;
    return {};
  },
  seed({ store }, input) {
    return seedRepositories(store, registryOf(input), {
      repositories: input.optionalInteger("repositories", 1, 100_000) ?? 1,
      images: input.optionalInteger("images", 0, 100_000) ?? 0,
      prefix: input.optionalString("prefix") ?? "seed",
    });
  },
  setScan(context, input) {
    setScan(context, registryOf(input), input);
    return {};
  },
  createOnPush({ store }, input) {
    store.registry(registryOf(input)).putTemplate({
      prefix: input.string("prefix"),
      appliedFor: ["CREATE_ON_PUSH"],
      tagMutability: input.optionalChoice("tagMutability", ["MUTABLE", "IMMUTABLE"]) ?? "MUTABLE",
      createdAt: Date.now(),
    });
    return {};
  },
  reset({ faults }) {
    faults.reset();
    return {};
  },
  clear({ store, log }) {
    store.clear();
    log.clear();
    return {};
  },
  requests({ log }) {
    return { requests: log.all(), mostAtOnce: log.mostAtOnce };
  },
  memory() {
    globalThis.gc?.();
    const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
    return { heapUsedBytes: heapUsed, bufferBytes: arrayBuffers, rssBytes: rss };
  },
};

/** Answers a request of the control port, which is for tests and asks for no credentials. */
export async function answerControl(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  const isJson = request.headers["content-type"]?.startsWith("application/json") ?? false;
  const body = await readBody(request, mostBodyBytes);
  const fields = tryParseObject(body?.toString("utf8") ?? "");
  // A web page can't send this content type to another origin, so none can use the switches.
  if (request.method !== "POST" || !isJson || !fields || !isControlName(name)) {
    response.writeHead(400).end(JSON.stringify({ error: `No such control request: ${name}` }));
    return;
  }
  try {
    const answer = handlers[name](context, new Input(fields));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    response.writeHead(400).end(JSON.stringify({ error: error.message }));
  }
}

function isControlName(name: string): name is keyof ControlRequests {
  return Object.hasOwn(handlers, name);
}

function integer(input: Input, name: string, otherwise: number): number {
  return input.optionalInteger(name, 0, most) ?? otherwise;
}

function registryOf(input: Input): RegistryKey {
  return {
    account: input.optionalString("account") ?? defaultAccount,
    region: input.optionalString("region") ?? "us-east-1",
  };
}
