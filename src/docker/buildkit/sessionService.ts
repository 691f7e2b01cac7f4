/** One call that BuildKit makes to a service of the session. */
export interface SessionCall {
  /** The method that is called, such as `/grpc.health.v1.Health/Check`. */
  readonly path: string;
  readonly metadata: CallMetadata;
  /** The gRPC messages from BuildKit, without their prefix of 5 bytes. */
  readonly messages: AsyncIterable<Uint8Array>;
  /**
   * Sends gRPC messages, many small ones best together; waits until the peer has room again. The
   * bytes are the caller's again once this has settled.
   */
  send(...messages: readonly Uint8Array[]): Promise<void>;
  /** Aborts when BuildKit ends the call, or the session closes. */
  readonly signal: AbortSignal;
}

/** The headers that came with a call. */
export interface CallMetadata {
  /**
   * Returns every value of a header, in order; none where the header is not there.
   *
   * Names are lower case. Values that BuildKit marked with `X-encoded` are decoded already.
   */
  values(name: string): readonly string[];
}

/**
 * A service that the session offers to BuildKit.
 *
 * A handler that returns ends its call with status 0; one that throws a `GrpcError` ends it with
 * that status.
 */
export interface SessionService {
  /** The paths that the service answers, such as `/moby.filesync.v1.FileSync/DiffCopy`. */
  readonly methods: readonly string[];
  handle(call: SessionCall): Promise<void>;
}
