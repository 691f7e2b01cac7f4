import type { OutgoingHttpHeaders } from "node:http";
import { Duplex } from "node:stream";
import { decodeBytesMessages, encodeBytesMessages } from "./bytesMessage.js";
import type { GrpcClient } from "./grpcClient.js";

const SESSION = "/moby.buildkit.v1.Control/Session";

/**
 * Opens a connection for a session inside a call of BuildKit's control.
 *
 * Every BuildKit takes sessions this way. It costs twice the processor time of a connection of its
 * own, as each byte is packed into messages. The call ends with the connection, and the other way
 * round; an abort ends both.
 * Source: https://github.com/moby/buildkit/blob/master/session/grpchijack/dial.go
 */
export function openSessionTunnel(
  control: GrpcClient,
  headers: OutgoingHttpHeaders,
  signal: AbortSignal,
): Duplex {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const call = control.open(SESSION, Object.fromEntries(lower) as OutgoingHttpHeaders, signal);
  const incoming = decodeBytesMessages(call.messages());
  const tunnel = new Duplex({
    allowHalfOpen: false,
    read: () => {
      incoming.next().then(
        ({ value }) => tunnel.push(value ?? null),
        (error: unknown) => tunnel.destroy(asError(error)),
      );
    },
    write: (chunk: Buffer, _encoding, done) => {
      sendAll(chunk).then(
        () => {
          done();
        },
        (error: unknown) => {
          done(asError(error));
        },
      );
    },
    final: (done) => {
      call.end();
      done();
    },
    destroy: (error, done) => {
      call.cancel();
      done(error);
    },
  });
  const sendAll = async (chunk: Buffer): Promise<void> => {
    for (const message of encodeBytesMessages(chunk)) await call.send(message);
  };
  return tunnel;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
