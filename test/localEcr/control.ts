import type {
  ControlRequests,
  Memory,
  PlannedScan,
  PushTemplate,
  Seed,
} from "./controlRequests.js";
import type { Denial } from "./faults.js";
import type { LoggedRequest } from "./requestLog.js";

/** What AWS says to credentials that are no longer, or never were, good. */
const credentialRefusals = {
  ExpiredTokenException: "The security token included in the request is expired",
  UnrecognizedClientException: "The security token included in the request is invalid.",
} as const;

/** The switches of a running local ECR: faults, seeds, and a log of what it was asked. */
export class LocalEcrControl {
  /** @param origin Where the local ECR listens, such as `http://127.0.0.1:5000`. */
  constructor(private readonly origin: string) {}

  /** Ends the life of every registry token issued so far. */
  async expireTokens(): Promise<void> {
    await this.#send("expireTokens", {});
  }

  /**
   * Makes IAM refuse an action on both planes until `reset`.
   *
   * @param action Such as `ecr:PutImage` or `PutImage`; `*` for all.
   */
  async denyAction(action: string, denial: Denial = {}): Promise<void> {
    await this.#send("denyAction", { action, ...denial });
  }

  /** Answers an operation's next requests with AWS' refusal for asking too often. */
  async throttle(operation: string, times = 1): Promise<void> {
    await this.failOperation(operation, "ThrottlingException", "Rate exceeded", 400, times);
  }

  /**
   * Answers an operation's next requests with an error, on whichever plane they come.
   *
   * @param operation An API name or IAM action, or `*` for all of the AWS API.
   * @param message Empty for an answer without a body on the data plane.
   */
  async failOperation(
    operation: string,
    code: string,
    message: string,
    status = 400,
    times = 1,
  ): Promise<void> {
    await this.#send("failOperation", { operation, code, message, status, times });
  }

  /** Answers the next API requests as AWS does when the caller's credentials are no good. */
  async rejectCredentials(
    code: keyof typeof credentialRefusals = "ExpiredTokenException",
    times = 1,
  ): Promise<void> {
    await this.failOperation("*", code, credentialRefusals[code], 400, times);
  }

  /**
   * Answers the nth layer upload from now, and those after it, with an error.
   *
   * @param fault `nth` counts from 1; `times` says how many fail, and a retry counts anew.
   */
  async failLayer(fault: { nth?: number; status?: number; times?: number } = {}): Promise<void> {
    await this.#send("failLayer", { nth: 1, status: 500, times: 1, ...fault });
  }

  /** Ends the connection of the nth layer upload from now, once `afterBytes` have arrived. */
  async cutLayer(fault: { nth?: number; afterBytes: number; times?: number }): Promise<void> {
    await this.#send("cutLayer", { nth: 1, times: 1, ...fault });
  }

  /** Slows layer uploads and downloads to a rate that they share; 0 is no limit. */
  async limitRate(bytesPerSecond: number): Promise<void> {
    await this.#send("limitRate", { bytesPerSecond });
  }

  /** Delays every answer of both planes. */
  async latency(ms: number): Promise<void> {
    await this.#send("latency", { ms });
  }

  /** Breaks every connection off but those of these switches, as a lost network does. */
  async offline(isOffline = true): Promise<void> {
    await this.#send("offline", { isOffline });
  }

  /** Makes repositories with generated images; returns the first and the last name. */
  async seed(seed: Seed): Promise<{ first: string; last: string }> {
    return this.#send("seed", seed);
  }

  /** Lets a scan of an image have ended, or be under way, as told. */
  async setScan(scan: PlannedScan): Promise<void> {
    await this.#send("setScan", scan);
  }

  /** Lets pushes create missing repositories, as a creation template does. */
  async createOnPush(template: PushTemplate = { prefix: "ROOT" }): Promise<void> {
    await this.#send("createOnPush", template);
  }

  /** Ends all faults; data and tokens stay. */
  async reset(): Promise<void> {
    await this.#send("reset", {});
  }

  /** Deletes all data and the log of requests; faults stay. */
  async clear(): Promise<void> {
    await this.#send("clear", {});
  }

  /** Returns the last requests, oldest first, without any credential. */
  async requests(): Promise<readonly LoggedRequest[]> {
    return (await this.#send("requests", {})).requests;
  }

  /** Returns how many requests were under way at the same time, at most, since `clear`. */
  async mostAtOnce(): Promise<number> {
    return (await this.#send("requests", {})).mostAtOnce;
  }

  /** Returns how much memory the local ECR's process uses, after a collection where it can ask. */
  async memory(): Promise<Memory> {
    return this.#send("memory", {});
  }

  async #send<Name extends keyof ControlRequests>(
    name: Name,
    body: ControlRequests[Name]["takes"],
  ): Promise<ControlRequests[Name]["gives"]> {
    const response = await fetch(`${this.origin}/_control/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The local ECR refused ${name}: ${text}`);
    return JSON.parse(text) as ControlRequests[Name]["gives"];
  }
}
