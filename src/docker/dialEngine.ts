import net from "node:net";
import type { Duplex } from "node:stream";
import tls from "node:tls";
import { cancellation } from "../core/errors.js";
import type { EngineAddress } from "./engineAddress.js";
import { SshAgent } from "./sshAgent.js";

/**
 * Opens a bare connection to an engine, for HTTP/2 from its first byte.
 *
 * Fails as the system does, and with an AbortError. Over ssh it does not wait for an answer.
 */
export function dialEngine({ transport }: EngineAddress, signal: AbortSignal): Promise<Duplex> {
  switch (transport.kind) {
    case "socket":
      return connected(net.connect({ path: transport.path }), "connect", signal);
    case "tcp": {
      const { host, port, tls: settings } = transport;
      if (!settings) return connected(net.connect({ host, port }), "connect", signal);
      const { verify: rejectUnauthorized, ...files } = settings;
      const options = { host, port, rejectUnauthorized, ...files, ALPNProtocols: ["h2"] };
      const named = net.isIP(host) ? options : { ...options, servername: host };
      return connected(tls.connect(named), "secureConnect", signal);
    }
    case "ssh":
      return Promise.resolve(new SshAgent(transport).createConnection());
  }
}

function connected(socket: net.Socket, event: string, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      signal.removeEventListener("abort", give);
      socket.destroy();
      reject(error);
    };
    const give = (): void => {
      fail(cancellation());
    };
    socket.once("error", fail);
    socket.once(event, () => {
      signal.removeEventListener("abort", give);
      socket.off("error", fail);
      resolve(socket);
    });
    signal.addEventListener("abort", give, { once: true });
    if (signal.aborted) give();
  });
}
