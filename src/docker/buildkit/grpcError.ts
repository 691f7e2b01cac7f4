/** The end of a gRPC call that did not go well; either side of the wire throws it. */
export class GrpcError extends Error {
  override readonly name = "GrpcError";

  constructor(
    readonly code: number,
    message: string,
    /** What `grpc-status-details-bin` carried, a `google.rpc.Status`; undefined where nothing was. */
    readonly details?: Uint8Array,
  ) {
    super(message);
  }
}
