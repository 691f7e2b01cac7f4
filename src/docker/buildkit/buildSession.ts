import { randomBytes } from "node:crypto";
import type { BuildKitConnection } from "./buildkitConnection.js";
import { GrpcServer } from "./grpcServer.js";
import { joinHeaderFrames } from "./joinHeaderFrames.js";
import type { SessionService } from "./sessionService.js";

/** What a session says of itself. */
export interface SessionDescription {
  /** A name for people. */
  readonly name: string;
  /**
   * Names the context folder: BuildKit keeps the files that it got under the same key, and asks
   * for what changed. Two folders under one key would be sent anew on each build.
   */
  readonly sharedKey: string;
  /** True when BuildKit will send headers of more than 100 KiB, which costs speed to read. */
  readonly hasLongHeaders: boolean;
}

/**
 * A session: what BuildKit may ask of us while it builds, on a connection of its own.
 *
 * Source: https://github.com/moby/buildkit/blob/master/session/grpc.go
 */
export class BuildSession {
  readonly #server: GrpcServer;

  private constructor(
    /** The session's name in a solve. */
    readonly id: string,
    server: GrpcServer,
  ) {
    this.#server = server;
  }

  /** Opens a session that offers these services. */
  static async open(
    buildkit: BuildKitConnection,
    services: readonly SessionService[],
    { name, sharedKey, hasLongHeaders }: SessionDescription,
    log: (line: string) => void,
    signal: AbortSignal,
  ): Promise<BuildSession> {
    const id = randomBytes(16).toString("hex");
    const headers = {
      "X-Docker-Expose-Session-Uuid": id,
      "X-Docker-Expose-Session-Name": name.replace(/[^\x20-\x7e]/g, "_"),
      "X-Docker-Expose-Session-Sharedkey": sharedKey,
      // One header for each: BuildKit uses a service only if it is told here.
      "X-Docker-Expose-Session-Grpc-Method": services.flatMap((service) => service.methods),
    };
    const connection = await buildkit.openSession(headers, signal);
    const readable = hasLongHeaders ? joinHeaderFrames(connection) : connection;
    return new BuildSession(id, new GrpcServer(readable, services, log));
  }

  /** Settles when the connection has ended, with the error that broke it, if any. */
  get closed(): Promise<Error | undefined> {
    return this.#server.closed;
  }

  close(): void {
    this.#server.close();
  }
}
