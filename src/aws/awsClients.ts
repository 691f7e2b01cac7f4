import { ECRClient } from "@aws-sdk/client-ecr";
import { STSClient } from "@aws-sdk/client-sts";
import { loadConfig } from "@smithy/core/config";
import { HttpRequest } from "@smithy/core/protocols";
import { NODE_MAX_ATTEMPT_CONFIG_OPTIONS, StandardRetryStrategy } from "@smithy/core/retry";
import { EcrError } from "../core/errors.js";
import type { RegistryLocation } from "../core/registry.js";
import type { HeldCredentials } from "./awsSession.js";
import { credentialSource, effectiveProfile } from "./credentials.js";
import type { RequestGate } from "../core/requestGate.js";
import type { EcrPublicApi } from "./ecrPublicApi.js";
import type { EcrOptions } from "./ecrOptions.js";
import { findEndpoint } from "./endpoints.js";
import { checkSsoSession } from "./checkSsoSession.js";
import { noteClock } from "./noteClock.js";
import { checkRoles } from "./roleChain.js";
import { readAwsFiles } from "./sharedFiles.js";

/** The SDK's clients of one registry, which share one set of credentials. */
export interface AwsClients {
  readonly ecr: ECRClient;
  readonly sts: STSClient;
  /** Opens the API of ECR Public, whose part of the SDK loads then. */
  readonly openPublic: () => Promise<EcrPublicApi>;
  /** The credentials that were made last; undefined until a request needs some. */
  readonly held: () => HeldCredentials | undefined;
  /** The hosts that the clients asked last, for the sentence about a failure. */
  readonly hosts: { ecr: string | undefined; sts: string | undefined };
  /** By how much this machine's clock is ahead of AWS's, as the last answer said. */
  readonly clock: { skewMs: number | undefined };
}

/** A try that is cancelled while it waits is ended by the SDK as soon as it has its place. */
const NEVER = new AbortController().signal;

/** Without a limit a firewall that drops packets holds a request for minutes. */
const CONNECTION_TIMEOUT_MS = 5_000;

/**
 * Makes the clients for a location; reads the AWS files anew, and asks nothing of AWS.
 *
 * The location's endpoint is ECR's alone. STS, SSO and the rest follow the environment
 * (`AWS_ENDPOINT_URL_STS`, …) and the profile. Fails with `profile-not-found`, as the SDK reads a
 * profile without any setting as one that is not there, and with the kinds of unusable files and roles.
 */
export async function makeAwsClients(
  location: RegistryLocation,
  { askMfaCode, learnSecret, gate }: EcrOptions = {},
): Promise<AwsClients> {
  const profile = effectiveProfile(location.profile);
  const files = await readAwsFiles();
  if (profile !== undefined) {
    if (!files.profiles.has(profile)) throw new EcrError({ kind: "profile-not-found", profile });
    checkRoles(files, profile);
    checkSsoSession(files, profile);
  }
  const source = credentialSource(profile, { files, askMfaCode });
  let held: HeldCredentials | undefined;
  const credentials: typeof source = async (properties) => {
    const made = await source(properties);
    held = { expiresAt: made.expiration };
    learnSecret?.(made.secretAccessKey);
    learnSecret?.(made.sessionToken ?? "");
    return made;
  };
  const attempts = loadConfig(NODE_MAX_ATTEMPT_CONFIG_OPTIONS, profile ? { profile } : {});
  const shared = {
    region: location.region,
    ...(profile && { profile }),
    retryStrategy: retryUnlessAtLimit(new StandardRetryStrategy(attempts)),
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS },
    ignoreConfiguredEndpointUrls: true,
  };
  const ecrEndpoint = location.endpoint ?? (await findEndpoint("ecr", profile));
  const stsEndpoint = await findEndpoint("sts", profile);
  const ecr = new ECRClient({
    ...shared,
    credentials,
    ...(ecrEndpoint && { endpoint: ecrEndpoint }),
  });
  // The client's own credentials are the remembered ones: nobody types an MFA code twice.
  const sts = new STSClient({
    ...shared,
    credentials: ecr.config.credentials,
    ...(stsEndpoint && { endpoint: stsEndpoint }),
  });
  const hosts: AwsClients["hosts"] = { ecr: undefined, sts: undefined };
  const clock: AwsClients["clock"] = { skewMs: undefined };
  const note = noteClock(clock);
  const wait = waitForPlace(gate);
  ecr.middlewareStack.add(noteHost(hosts, "ecr"), NOTE_HOST);
  sts.middlewareStack.add(noteHost(hosts, "sts"), NOTE_HOST);
  ecr.middlewareStack.add(note, NOTE_CLOCK);
  sts.middlewareStack.add(note, NOTE_CLOCK);
  ecr.middlewareStack.add(wait, WAIT);
  let publicApi: Promise<EcrPublicApi> | undefined;
  const makePublic = async (): Promise<EcrPublicApi> => {
    const { EcrPublicApi } = await import("./ecrPublicApi.js");
    const endpoint = location.endpoint ?? (await findEndpoint("ecr_public", profile));
    const { credentials: remembered } = ecr.config;
    const api = new EcrPublicApi({
      ...shared,
      credentials: remembered,
      ...(endpoint && { endpoint }),
    });
    api.client.middlewareStack.add(noteHost(hosts, "ecr"), NOTE_HOST);
    api.client.middlewareStack.add(note, NOTE_CLOCK);
    api.client.middlewareStack.add(wait, WAIT);
    return api;
  };
  const openPublic = (): Promise<EcrPublicApi> => (publicApi ??= makePublic());
  return { ecr, sts, openPublic, hosts, clock, held: () => held };
}

const NOTE_HOST = { step: "finalizeRequest", name: "noteHost" } as const;
const NOTE_CLOCK = { step: "deserialize", name: "noteClock", priority: "low" } as const;
const WAIT = { step: "deserialize", name: "waitForPlace", priority: "low" } as const;

/** Makes the part of a client that notes which host it asks. */
function noteHost(hosts: AwsClients["hosts"], service: keyof AwsClients["hosts"]) {
  return <Args extends { readonly request: unknown }, Result>(
      next: (args: Args) => Promise<Result>,
    ) =>
    (args: Args): Promise<Result> => {
      hosts[service] = hostOf(args.request);
      return next(args);
    };
}

/**
 * Makes the part of a client that waits until few enough requests are under way, around each try
 * alone: neither the wait between two nor a question for an MFA code takes a place.
 */
function waitForPlace(gate: RequestGate | undefined) {
  return <Args, Result>(next: (args: Args) => Promise<Result>) =>
    (args: Args): Promise<Result> =>
      gate ? gate.run(() => next(args), NEVER) : next(args);
}

/** Returns the host of a request with its port, if any. */
function hostOf(request: unknown): string | undefined {
  if (!HttpRequest.isInstance(request)) return undefined;
  const { hostname, port } = request;
  return port ? `${hostname}:${String(port)}` : hostname;
}

/**
 * Leaves retries to the strategy, except for reached limits, which no waiting lifts.
 *
 * The SDK takes `LimitExceededException` for throttling and waits seconds before it tells.
 * Source: https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/retry/service-error-classification/constants.ts
 */
function retryUnlessAtLimit(
  strategy: StandardRetryStrategy,
): Pick<
  StandardRetryStrategy,
  "acquireInitialRetryToken" | "refreshRetryTokenForRetry" | "recordSuccess"
> {
  return {
    acquireInitialRetryToken: (scope) => strategy.acquireInitialRetryToken(scope),
    refreshRetryTokenForRetry: async (token, info) => {
      const error: unknown = info.error;
      if (error instanceof Error && error.name === "LimitExceededException") throw error;
      return strategy.refreshRetryTokenForRetry(token, info);
    },
    recordSuccess: (token) => {
      strategy.recordSuccess(token);
    },
  };
}
