import type { IncomingMessage, ServerResponse } from "node:http";
import type { OpenRepository } from "./call.js";
import type { Context } from "./context.js";

/** One request to the data plane, past its door: who sent it and which repository it names. */
export interface Exchange {
  readonly context: Context;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly name: string;
  /** Looks the repository up anew, for use after an await. */
  readonly open: () => OpenRepository;
}
