import type { Faults } from "./faults.js";
import type { RequestLog } from "./requestLog.js";
import type { Store } from "./store.js";
import type { Tokens } from "./tokens.js";

/** The parts of one running local ECR. */
export interface Context {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Where it listens, with the scheme: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** The same without the scheme, as image references start. */
  readonly host: string;
}
