import type { OutgoingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import type { GrpcClient } from "./grpcClient.js";

/** A BuildKit that was reached, in whichever way. */
export interface BuildKitConnection {
  /** The way, as the log names it. */
  readonly way: string;
  /** BuildKit's control; undefined where an engine has sessions only, and builds on request. */
  readonly control: GrpcClient | undefined;
  /** Opens a connection on which we serve a session, described by these headers. */
  openSession(headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<Duplex>;
  /** Ends what was opened to reach it; a session ends by itself. */
  close(): void;
}
