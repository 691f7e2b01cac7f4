import { cancellation, EcrError } from "../core/errors.js";
import type { EngineAddress } from "./engineAddress.js";
import { connectionFailure, EngineConnection } from "./engineConnection.js";

/** How long an engine may take to say that it is there. */
const PROBE_MS = { socket: 3_000, tcp: 8_000, ssh: 20_000 } as const;

/**
 * Returns a connection to the first address where an engine answers.
 *
 * Without any it fails with `docker-permission-denied` or `docker-unavailable`.
 */
export async function connectFirst(
  addresses: readonly [EngineAddress, ...EngineAddress[]],
  log: (line: string) => void,
  signal: AbortSignal,
): Promise<EngineConnection> {
  const failures: EcrError[] = [];
  for (const address of addresses) {
    const connection = new EngineConnection(address);
    const failure = await probe(connection, signal);
    if (!failure) return connection;
    log(`docker: ${address.endpoint} (${address.chosenBy}): ${String(failure.cause)}`);
    failures.push(failure);
  }
  // A socket that exists but is closed to us is the better clue than those that do not exist.
  const denied = failures.find((error) => error.failure.kind === "docker-permission-denied");
  if (denied) throw denied;
  const [{ endpoint }] = addresses;
  const tried = addresses.map((address) => address.endpoint);
  throw new EcrError(
    { kind: "docker-unavailable", endpoint, tried },
    { cause: failures[0]?.cause },
  );
}

/** Asks an engine whether it is there; returns why not. */
async function probe(
  connection: EngineConnection,
  signal: AbortSignal,
): Promise<EcrError | undefined> {
  const { address } = connection;
  const limit = AbortSignal.timeout(PROBE_MS[address.transport.kind]);
  const unavailable = (cause: unknown): EcrError => {
    const { endpoint } = address;
    return new EcrError({ kind: "docker-unavailable", endpoint, tried: [endpoint] }, { cause });
  };
  try {
    const request = { method: "GET", path: "/_ping" } as const;
    const { status, body } = await connection.send(request, AbortSignal.any([signal, limit]));
    body.destroy();
    return status === 200 ? undefined : unavailable(new Error(`ping answered ${status}`));
  } catch (error) {
    if (signal.aborted) throw cancellation();
    if (limit.aborted) return unavailable(new Error("no answer in time"));
    const failure = connectionFailure(address, error, "ping");
    return failure.failure.kind === "docker-permission-denied" ? failure : unavailable(error);
  }
}
