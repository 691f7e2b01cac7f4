import type { OutgoingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";

/**
 * The two connections of a build, however they reach BuildKit.
 *
 * Docker Engine opens both by an upgrade of HTTP/1.1. A BuildKit that speaks gRPC on its socket
 * itself takes the first one as it is, and carries the second inside a call of the first.
 */
export interface BuildKitTransport {
  /** Opens a connection on which BuildKit serves its control. */
  openControl(signal: AbortSignal): Promise<Duplex>;
  /** Opens a connection on which we serve a session, described by these headers. */
  openSession(headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<Duplex>;
}
