import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";

/** Headers of HTTP/2 as node:http2 hands them over. */
type Headers = Readonly<Record<string, string | string[] | number | undefined>>;

/**
 * Returns the failure that the last headers of a call tell; undefined where it went well.
 *
 * Headers without a status mean that the connection broke off.
 * Source: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#responses
 */
export function readTrailers(headers: Headers): GrpcError | undefined {
  const status = headers["grpc-status"];
  if (status === undefined) {
    const http = headers[":status"];
    return http === undefined || http === 200
      ? new GrpcError(GRPC.unavailable, "the call ended without a status")
      : new GrpcError(GRPC.unavailable, `the call was answered with HTTP status ${String(http)}`);
  }
  const code = Number(status);
  if (code === GRPC.ok) return undefined;
  const details = headers["grpc-status-details-bin"];
  return new GrpcError(
    Number.isInteger(code) ? code : GRPC.unknown,
    decodeMessage(String(headers["grpc-message"] ?? "")),
    typeof details === "string" ? Buffer.from(details, "base64") : undefined,
  );
}

/** Makes the last headers of a call that ends with this error, or well without one. */
export function makeTrailers(error?: GrpcError): Record<string, string> {
  if (!error) return { "grpc-status": String(GRPC.ok) };
  return { "grpc-status": String(error.code), "grpc-message": encodeURIComponent(error.message) };
}

/** Decodes the percent signs; an engine that sends a bare one gets its words back as they came. */
function decodeMessage(message: string): string {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
}
