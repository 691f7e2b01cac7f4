import type { IncomingMessage } from "node:http";

/** One request as tests may see it: whether it carried credentials, never which. */
export interface LoggedRequest {
  readonly method: string;
  /** The path without its query, which can hold a signature. */
  readonly path: string;
  /** The AWS operation, or the IAM action that the registry request stands for. */
  operation: string | undefined;
  /** The host that the client meant to reach. */
  readonly host: string | undefined;
  /** The scheme of the Authorization header, such as `Basic`. */
  readonly authorization: string | undefined;
  /** The `digest`, `mount`, `from`, `n` and `last` of the query. */
  readonly query: Readonly<Record<string, string>>;
  status: number | undefined;
}

const mostRequests = 10_000;
const safeQuery = ["digest", "mount", "from", "n", "last"];

/** The last 10,000 requests, oldest first. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];
  #open = 0;
  #mostAtOnce = 0;

  /** How many requests were under way at the same time, at most, since the log was cleared. */
  get mostAtOnce(): number {
    return this.#mostAtOnce;
  }

  /** Adds a request; its operation and status are filled in when they are known. */
  add(request: IncomingMessage, url: URL): LoggedRequest {
    const query = safeQuery.flatMap((name) => {
      const value = url.searchParams.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    const entry: LoggedRequest = {
      method: request.method ?? "",
      path: url.pathname,
      operation: undefined,
      host: request.headers.host,
      authorization: request.headers.authorization?.split(" ", 1)[0],
      query: Object.fromEntries(query),
      status: undefined,
    };
    this.#requests.push(entry);
    this.#open += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#open);
    if (this.#requests.length > mostRequests) this.#requests.shift();
    return entry;
  }

  /** Notes that a request has its answer, or nobody waits for one. */
  end(): void {
    this.#open -= 1;
  }

  all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests.length = 0;
    this.#mostAtOnce = this.#open;
  }
}
