import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { EcrError } from "../../core/errors.js";
import type { BuildEvent, BuildRequest } from "../../core/enginePorts.js";
import type { PushTarget } from "../../core/push/pushTarget.js";
import { buildQuery } from "../buildQuery.js";
import { connectionFailure, type EngineConnection, failureMessage } from "../engineConnection.js";
import { readMessages } from "../messageStream.js";
import { cacheExports } from "./cacheOptions.js";
import { entitlements, frontendAttributes } from "./frontendAttributes.js";
import type { GrpcClient } from "./grpcClient.js";
import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import { ENGINE_EXPORTER, pushExporter } from "./imageExporter.js";
import { readPushError } from "./pushRefused.js";
import { PushWatch } from "./pushWatch.js";
import { solve } from "./solve.js";
import { decodeStatusResponse, type StatusResponse } from "./statusResponse.js";

/** What a build is about, once its session is open. */
export interface BuildJob {
  /** The session that serves the files. */
  readonly session: string;
  /** The Dockerfile's name in the session's folder `dockerfile`. */
  readonly dockerfile: string;
}

/** Asks an engine's BuildKit to build, one way or another. */
export interface BuildDriver {
  /** Builds and returns the image's id; fails with a `GrpcError` that says why. */
  run(
    job: BuildJob,
    onStatus: (status: StatusResponse) => Promise<void>,
    signal: AbortSignal,
  ): Promise<string>;
  /** Takes one message of the status and yields what it says of the driver's own work. */
  watch?(status: StatusResponse): Iterable<BuildEvent>;
}

/**
 * Asks over gRPC, which tells failures with their place in the Dockerfile.
 *
 * With a `target` the build pushes the image as well; a `PushRefused` then says that the registry
 * did not take it.
 */
export function solveDriver(
  client: GrpcClient,
  request: BuildRequest,
  log: (line: string) => void,
  target?: PushTarget,
): BuildDriver {
  const pushes = new PushWatch(target?.references ?? []);
  return {
    watch: (status) => pushes.push(status),
    run: async ({ session, dockerfile }, onStatus, signal) => {
      const exported = await solve(
        client,
        {
          ref: randomUUID(),
          session,
          frontend: "dockerfile.v0",
          frontendAttributes: frontendAttributes(request, dockerfile),
          exporter: target ? pushExporter(target) : ENGINE_EXPORTER,
          cacheExports: cacheExports(request.options ?? {}),
          entitlements: entitlements(request),
        },
        onStatus,
        log,
        signal,
      ).catch((error: unknown) => {
        throw (error instanceof GrpcError && target && readPushError(error)) || error;
      });
      const imageId = exported["containerimage.digest"];
      if (!imageId) throw new GrpcError(GRPC.internal, "the engine told no image id");
      return imageId;
    },
  };
}

/**
 * Asks through `POST /build` with files from the session; for engines that refuse gRPC.
 *
 * API: https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageBuild
 */
export function requestDriver(connection: EngineConnection, request: BuildRequest): BuildDriver {
  return {
    run: async ({ session, dockerfile }, onStatus, signal) => {
      const query = {
        ...buildQuery(request),
        version: "2",
        remote: "client-session",
        session,
        buildid: session,
        dockerfile,
      };
      const asked = { method: "POST", path: "/build", query } as const;
      const { status, body } = await connection.send(asked, signal).catch((error: unknown) => {
        if (signal.aborted || error instanceof EcrError) throw error;
        throw connectionFailure(connection.address, error, "build");
      });
      if (status !== 200) throw new GrpcError(GRPC.unknown, failureMessage(await text(body)));
      let imageId: string | undefined;
      for await (const { id, aux, trace, error } of readMessages(body, "build", signal)) {
        if (error !== undefined) throw new GrpcError(GRPC.unknown, error);
        if (id === TRACE && trace)
          await onStatus(decodeStatusResponse(Buffer.from(trace, "base64")));
        if (id === IMAGE) imageId = typeof aux?.["ID"] === "string" ? aux["ID"] : undefined;
      }
      if (!imageId) throw new EcrError({ kind: "stream-truncated", operation: "build" });
      return imageId;
    },
  };
}

/** Names of messages: https://github.com/docker/cli/blob/v20.10.24/cli/command/image/build_buildkit.go */
const TRACE = "moby.buildkit.trace";
const IMAGE = "moby.image.id";
