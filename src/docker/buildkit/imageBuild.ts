import path from "node:path";
import { cancellation, EcrError } from "../../core/errors.js";
import type { BuildEvent, BuildRequest } from "../../core/enginePorts.js";
import type { PreparedBuild } from "../buildContext.js";
import { type FindUserLogin, RegistryLogins } from "../registryLogins.js";
import { authService } from "./authService.js";
import type { BuildDriver } from "./buildDriver.js";
import { BuildProgress } from "./buildProgress.js";
import { BuildSession } from "./buildSession.js";
import { buildkitFailure } from "./buildkitFailure.js";
import type { BuildKitConnection } from "./buildkitConnection.js";
import { CapabilityWatch } from "./capabilityWatch.js";
import { openDockerfileFolder } from "./dockerfileFolder.js";
import { EventQueue } from "./eventQueue.js";
import { makeFileSync } from "./fileSync.js";
import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import { healthService } from "./healthService.js";
import { contextFolders } from "./namedContexts.js";
import { secretsService } from "./secretsService.js";
import type { SessionService } from "./sessionService.js";
import { sharedKey } from "./sharedKey.js";
import { sshAgentService } from "./sshAgentService.js";
import { StatusLimit } from "./statusLimit.js";

/** What a build with BuildKit needs. */
export interface ImageBuild {
  readonly request: BuildRequest;
  readonly prepared: PreparedBuild;
  readonly buildkit: BuildKitConnection;
  /** Tells whether the engine still answers, once a connection to it has broken off. */
  readonly isAnswering: () => Promise<boolean>;
  readonly driver: BuildDriver;
  /** Finds what the user has for hosts that get no token. */
  readonly findUserLogin: FindUserLogin;
  /** The sockets of the SSH agents that steps may use, by id. */
  readonly sshAgents: ReadonlyMap<string, string>;
  readonly platform: NodeJS.Platform;
  readonly log: (line: string) => void;
}

/**
 * Builds with BuildKit and returns the image's id as the exporter tells it.
 *
 * An abort, or leaving the loop over the events, closes both connections; BuildKit then kills the
 * running steps. Fails with `stream-truncated` when the engine goes away, with `session-lost` when
 * only a connection to it does, and with `UpgradeRefused` before anything is built when the engine offers
 * no session.
 */
export async function* buildImage(
  build: ImageBuild,
  signal: AbortSignal,
): AsyncGenerator<BuildEvent, string, void> {
  const { request, prepared, driver } = build;
  const events = new EventQueue<BuildEvent>();
  const progress = new BuildProgress(prepared.instructions);
  const limit = new StatusLimit(() => {
    events.push({ type: "warning", text: "the build tells too much; some of it is not shown" });
  });
  const faults: EcrError[] = [];
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  const warn = (text: string): void => {
    events.push({ type: "warning", text });
  };
  const logins = new RegistryLogins({
    findToken: request.findToken,
    findUserLogin: build.findUserLogin,
    log: build.log,
    warn,
  });
  const { root, rules } = prepared;
  const capabilities = new CapabilityWatch({
    root,
    rules,
    platform: build.platform,
    warn,
    signal: stop,
  });
  const dockerfile = await openDockerfileFolder(request.dockerfile);
  let session: BuildSession | undefined;
  let running: Promise<Settled> | undefined;
  try {
    const others = await contextFolders(request.options ?? {});
    const folders = { ...others, context: root, dockerfile: dockerfile.folder };
    const services = sessionServices(build, folders, logins, events, progress, capabilities).map(
      (s) => reporting(s, faults),
    );
    session = await BuildSession.open(
      build.buildkit,
      services,
      {
        name: path.basename(root),
        sharedKey: sharedKey(root),
        // What the ignore files of other contexts hold is not known yet.
        hasLongHeaders:
          headerBytes(prepared) > LONG_HEADERS_BYTES || Object.keys(others).length > 0,
      },
      build.log,
      stop,
    );
    // Without its session a build waits for files that nobody sends.
    void session.closed.then((error) => {
      left.abort(error ?? new Error("the session was closed"));
    });
    const job = { session: session.id, dockerfile: dockerfile.name };
    running = settle(
      driver.run(
        job,
        async (status) => {
          for (const event of progress.push(limit.admit(status))) events.push(event);
          for (const event of driver.watch?.(status) ?? []) events.push(event);
          await events.room();
        },
        stop,
      ),
    ).then(async (outcome) => {
      // A failure does not wait for a warning.
      if ("imageId" in outcome) await capabilities.settle();
      events.end();
      return outcome;
    });
    yield* events.read();
    const outcome = await running;
    if ("imageId" in outcome) return outcome.imageId;
    if (signal.aborted) throw cancellation();
    const [fault] = faults;
    if (fault) throw fault;
    const { error } = outcome;
    const isLost = left.signal.aborted || (error instanceof GrpcError && isUnavailable(error));
    if (isLost) throw await lostConnection(build, left.signal.reason ?? error);
    if (error instanceof GrpcError) {
      const ownerOf = logins.ownerOf.bind(logins);
      throw buildkitFailure(error, { request, prepared, failed: progress.failed, ownerOf });
    }
    throw error;
  } finally {
    left.abort();
    await running;
    session?.close();
    await dockerfile.dispose();
  }
}

function isUnavailable({ code }: GrpcError): boolean {
  return code === GRPC.unavailable;
}

/** Tells an engine that went away from one that lives, and whose connection was cut. */
async function lostConnection(build: ImageBuild, cause: unknown): Promise<EcrError> {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return (await build.isAnswering())
    ? new EcrError({ kind: "session-lost", reason }, { cause })
    : new EcrError({ kind: "stream-truncated", operation: "build" }, { cause });
}

/** Well below what node:http2 takes: nine frames of 16 KiB. */
const LONG_HEADERS_BYTES = 48 * 1024;
/** What a header takes besides its value, at most: its name and two lengths. */
const HEADER_OVERHEAD = 32;

/** Estimates the headers in which BuildKit sends the ignore rules back. */
function headerBytes({ rules }: PreparedBuild): number {
  return rules.rules.reduce(
    (sum, { pattern }) => sum + encodeURIComponent(pattern).length + HEADER_OVERHEAD,
    0,
  );
}

function sessionServices(
  { request, sshAgents, platform }: ImageBuild,
  folders: Readonly<Record<string, string>>,
  logins: RegistryLogins,
  events: EventQueue<BuildEvent>,
  progress: BuildProgress,
  capabilities: CapabilityWatch,
): readonly SessionService[] {
  const warn = (text: string): void => {
    events.push({ type: "warning", text });
  };
  const secrets = request.options?.secrets ?? {};
  return [
    healthService,
    authService((host, signal) => logins.find(host, signal)),
    secretsService(async (id) => (Object.hasOwn(secrets, id) ? secrets[id]?.() : undefined)),
    sshAgentService(sshAgents),
    makeFileSync({
      folders,
      platform,
      onProgress: ({ folder, sent, requested }) => {
        if (folder !== "context") return;
        // What did not change was looked at when it was sent.
        if (sent.files > 0) capabilities.start();
        const { contextStep } = progress;
        events.push({
          type: "context",
          sentBytes: sent.bytes,
          files: sent.files,
          totalBytes: requested.bytes,
          ...(contextStep !== undefined && { step: contextStep }),
        });
      },
      onVanished: (file) => {
        warn(`${file} was removed while it was sent; the build gets it empty`);
      },
    }),
  ];
}

/** Keeps the failures of our own services: they say more than what BuildKit makes of them. */
function reporting(service: SessionService, faults: EcrError[]): SessionService {
  return {
    methods: service.methods,
    handle: async (call) => {
      try {
        await service.handle(call);
      } catch (error) {
        if (error instanceof EcrError && !call.signal.aborted) faults.push(error);
        throw error;
      }
    },
  };
}

type Settled = { readonly imageId: string } | { readonly error: unknown };

/** Keeps a failure until somebody asks, so that it is never an unhandled one meanwhile. */
function settle(running: Promise<string>): Promise<Settled> {
  return running.then(
    (imageId) => ({ imageId }),
    (error: unknown) => ({ error }),
  );
}
