import { numberField, textField } from "../jsonFields.js";

/** What the table of AWS errors looks at: one link of an error's chain of causes, as plain fields. */
export interface RawError {
  /** The class, such as `ExpiredTokenException`; most of them have no class in the SDK. */
  readonly name: string;
  /** Node's code, such as `ENOTFOUND`; empty when there is none. */
  readonly code: string;
  readonly message: string;
  /** The host that Node could not look up or connect to, when it tells. */
  readonly host: string | undefined;
  /** The HTTP status of AWS's answer, when there was one. */
  readonly status: number | undefined;
  /** AWS's own number of the request. */
  readonly requestId: string | undefined;
  /** What AWS's clock said when it answered. */
  readonly serverAt: Date | undefined;
}

/** More causes than this are a ring or an accident. */
const MAX_DEPTH = 8;

/** Lists an error and its causes, outermost first; the parts of an aggregate count as causes. */
export function rawErrors(error: unknown): readonly RawError[] {
  const found: RawError[] = [];
  let level = [error];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const errors = level.filter((link) => link instanceof Error);
    found.push(...errors.map(plain));
    level = errors.flatMap((link) => [link.cause, ...partsOf(link)]);
  }
  return found.length > 0 ? found : [plain(new Error(String(error)))];
}

function partsOf(error: Error): readonly unknown[] {
  const parts: unknown = error instanceof AggregateError ? error.errors : [];
  return Array.isArray(parts) ? parts : [];
}

function plain(error: Error): RawError {
  const address = textField(error, "address");
  const port = numberField(error, "port");
  const metadata: unknown = "$metadata" in error ? error.$metadata : undefined;
  return {
    name: error.name,
    code: textField(error, "code") ?? "",
    message: error.message,
    host:
      textField(error, "hostname") ?? (address && port ? `${address}:${String(port)}` : undefined),
    status: numberField(metadata, "httpStatusCode"),
    requestId: textField(metadata, "requestId"),
    serverAt: serverTime(error),
  };
}

/** The SDK keeps the answer in a hidden field, its headers in small letters. */
function serverTime(error: Error): Date | undefined {
  const response: unknown = "$response" in error ? error.$response : undefined;
  const isAnswer = typeof response === "object" && response !== null && "headers" in response;
  const at = Date.parse(textField(isAnswer ? response.headers : undefined, "date") ?? "");
  return Number.isNaN(at) ? undefined : new Date(at);
}
