import type { CacheEntry } from "./cacheOptions.js";
import type { Exporter } from "./imageExporter.js";
import { entry, FieldWriter, readMessage } from "./protoFields.js";

/** What BuildKit is asked to solve. */
export interface SolveRequest {
  /** A name for this solve, by which its status is asked for. */
  readonly ref: string;
  /** The session that serves it. */
  readonly session: string;
  readonly frontend: string;
  readonly frontendAttributes: Readonly<Record<string, string>>;
  readonly exporter: Exporter;
  /** Where the results of steps are left. */
  readonly cacheExports: readonly CacheEntry[];
  /** Rights that the build needs beyond the usual, such as `network.host`. */
  readonly entitlements: readonly string[];
}

/**
 * Encodes a `SolveRequest`.
 *
 * The exporter goes in twice: engines before BuildKit 0.13 know only the first place.
 * Numbers: https://github.com/moby/buildkit/blob/master/api/services/control/control.proto
 */
export function encodeSolveRequest(request: SolveRequest): Uint8Array {
  const { type, attributes } = request.exporter;
  const writer = new FieldWriter()
    .text(1, request.ref)
    .text(3, type)
    .map(4, attributes)
    .text(5, request.session)
    .text(6, request.frontend)
    .map(7, request.frontendAttributes)
    .message(8, (cache) => {
      for (const { type, attributes } of request.cacheExports) {
        cache.message(4, (entry) => entry.text(1, type).map(2, attributes));
      }
    });
  for (const entitlement of request.entitlements) writer.text(9, entitlement);
  return writer.message(13, (inner) => inner.text(1, type).map(2, attributes)).finish();
}

/** Encodes a `StatusRequest` for the solve of this ref. */
export function encodeStatusRequest(ref: string): Uint8Array {
  return new FieldWriter().text(1, ref).finish();
}

/** Decodes a `SolveResponse` into what the exporter says, such as `containerimage.digest`. */
export function decodeSolveResponse(message: Uint8Array): Readonly<Record<string, string>> {
  const response: Record<string, string> = {};
  readMessage(message, { 1: entry((key, value) => (response[key] = value)) });
  return response;
}
