import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import Docker from "dockerode";
import { cancellation, EcrError } from "../core/errors.js";
import type { EngineAddress } from "./engineAddress.js";
import { SshAgent } from "./sshAgent.js";
import { asRecord, asText } from "./untyped.js";

/** One request to the Engine API: https://docs.docker.com/reference/api/engine/ */
export interface EngineRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** The path without version and query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: OutgoingHttpHeaders;
  /** A body that is sent in chunks as it comes. */
  readonly body?: Readable;
}

/** What the engine answers; reading the body, or destroying it, is the caller's. */
export interface EngineResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/** Sends requests to one engine, each on a connection of its own. */
export class EngineConnection {
  readonly #docker: Docker;

  constructor(readonly address: EngineAddress) {
    try {
      this.#docker = openDocker(address);
    } catch (error) {
      // dockerode reads the TLS files of DOCKER_CERT_PATH even where they have no part.
      const reason = error instanceof Error ? error.message : String(error);
      const name = address.chosenBy;
      throw new EcrError({ kind: "docker-context-invalid", name, reason }, { cause: error });
    }
  }

  /** Sends a request and returns the response, whatever its status; an abort destroys both. */
  send(request: EngineRequest, signal: AbortSignal): Promise<EngineResponse> {
    const { method, path, headers = {}, body } = request;
    const query = Object.fromEntries(
      Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined),
    );
    const hasQuery = Object.keys(query).length > 0;
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(cancellation());
        return;
      }
      const modem: unknown = this.#docker.modem;
      if (!isDialer(modem)) throw new Error("dockerode has no modem");
      modem.dial(
        {
          method,
          path: hasQuery ? `${path}?` : path,
          headers: { ...headers },
          isStream: true,
          statusCodes: EVERY_STATUS,
          abortSignal: signal,
          options: { _query: query, _body: {} },
          ...(body ? { file: body } : {}),
        },
        (error, response) => {
          if (signal.aborted) reject(cancellation());
          else if (error) reject(error);
          else if (!isResponse(response)) reject(new Error("the engine sent no response"));
          else {
            const { statusCode: status = 0, headers: answered } = response;
            resolve({ status, headers: answered, body: response });
          }
        },
      );
    });
  }

  /** Sends a request whose answer is small, and returns its status and its parsed JSON. */
  async fetchJson(
    request: EngineRequest,
    signal: AbortSignal,
  ): Promise<{
    status: number;
    json: unknown;
    message: string;
    headers: EngineResponse["headers"];
  }> {
    const operation = `${request.method} ${request.path}`;
    try {
      const { status, headers, body } = await this.send(request, signal);
      const answer = await text(body);
      return { status, headers, json: tryParseJson(answer), message: failureMessage(answer) };
    } catch (error) {
      if (signal.aborted) throw cancellation();
      if (error instanceof EcrError) throw error;
      throw connectionFailure(this.address, error, operation);
    }
  }
}

/** Returns the message of a failed response's body; the body itself where it is no JSON. */
export function failureMessage(body: string): string {
  const fields = asRecord(tryParseJson(body));
  return (asText(fields?.["message"]) ?? asText(fields?.["cause"]) ?? body).trim();
}

/** Turns a connection that failed into its failure; `operation` is for what was under way. */
export function connectionFailure(
  address: EngineAddress,
  error: unknown,
  operation: string,
): EcrError {
  const { endpoint } = address;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EACCES":
    case "EPERM":
      return new EcrError({ kind: "docker-permission-denied", endpoint }, { cause: error });
    case "ENOENT":
    case "ENOTSOCK":
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "EHOSTUNREACH":
    case "ENETUNREACH":
    case "ETIMEDOUT":
      return new EcrError(
        { kind: "docker-unavailable", endpoint, tried: [endpoint] },
        { cause: error },
      );
    case "ECONNRESET":
    case "EPIPE":
      return new EcrError({ kind: "stream-truncated", operation }, { cause: error });
    default: {
      const message = error instanceof Error ? error.message : String(error);
      return new EcrError({ kind: "docker-failed", operation, message }, { cause: error });
    }
  }
}

// dockerode turns other statuses into errors that lose the body; all are read here instead.
const EVERY_STATUS = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [index + 100, true]),
);

/** Opens dockerode on exactly this address: undefined values switch its own environment reading off. */
function openDocker({ transport }: EngineAddress): Docker {
  const nothing = {
    socketPath: undefined,
    host: undefined,
    port: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
    timeout: undefined,
  };
  switch (transport.kind) {
    case "socket": {
      const agent = new http.Agent({ keepAlive: false });
      const options = { ...nothing, protocol: "http" as const, socketPath: transport.path, agent };
      return new Docker(options);
    }
    case "tcp": {
      const { host, port, tls } = transport;
      if (!tls) {
        const agent = new http.Agent({ keepAlive: false });
        const options = { ...nothing, protocol: "http" as const, host, port, agent };
        return new Docker(options);
      }
      const { verify: rejectUnauthorized, ...files } = tls;
      const agent = new https.Agent({ keepAlive: false, rejectUnauthorized, ...files });
      const options = { ...nothing, protocol: "https" as const, host, port, agent };
      return new Docker(options);
    }
    case "ssh": {
      // The host is only a header: the agent decides where bytes go.
      const agent = new SshAgent(transport);
      const options = { ...nothing, protocol: "http" as const, host: "docker", port: 80, agent };
      return new Docker(options);
    }
  }
}

interface Dialer {
  dial(options: object, callback: (error: Error | null, response: unknown) => void): void;
}

function isDialer(value: unknown): value is Dialer {
  return typeof value === "object" && value !== null && "dial" in value;
}

function isResponse(value: unknown): value is IncomingMessage {
  return value instanceof http.IncomingMessage;
}

function tryParseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
