import type { GrpcStatus } from "./grpcStatus.js";

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

/** Tells whether an error is the end of a gRPC call with this status. */
export function hasStatus(error: unknown, code: GrpcStatus): error is GrpcError {
  return error instanceof GrpcError && error.code === code;
}
