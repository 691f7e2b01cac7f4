import { EcrError, isCancellation } from "../core/errors.js";
import type { RegistryLocation } from "../core/registry.js";
import { makeAwsClients, type AwsClients } from "./awsClients.js";
import { effectiveProfile } from "./credentials.js";
import type { EcrOptions } from "./ecrOptions.js";
import type { AwsCall } from "./errors/awsErrorRow.js";
import { awsFailure } from "./errors/awsFailure.js";
import { untilAborted } from "./untilAborted.js";

/** What a call is about, beyond what its registry knows. */
export type CallSubject = Pick<AwsCall, "operation" | "repository" | "tag" | "digest">;

/** The calls of one registry, over clients and credentials that last as long as this does. */
export class EcrCalls {
  #clients: Promise<AwsClients> | undefined;
  #clock: AwsClients["clock"] | undefined;

  constructor(
    readonly location: RegistryLocation,
    private readonly options: EcrOptions,
    /** Tells whether AWS offers an operation there; what it does not is never asked. */
    private readonly offers: (operation: string) => boolean = () => true,
  ) {}

  /** By how many milliseconds this machine's clock is ahead of AWS's; undefined before an answer. */
  get clockSkewMs(): number | undefined {
    return this.#clock?.skewMs;
  }

  /** Runs one call; its failures come out with a kind, its abort as a cancellation. */
  async ask<T>(
    subject: CallSubject,
    signal: AbortSignal,
    work: (clients: AwsClients, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { operation } = subject;
    if (!this.offers(operation)) throw new EcrError({ kind: "public-registry-lacks", operation });
    // Calls at the same time would each hang listeners on the one signal, more than Node likes.
    const own = AbortSignal.any([signal]);
    return untilAborted(own, async () => {
      let clients: AwsClients | undefined;
      try {
        clients = await this.#connect();
        this.#clock = clients.clock;
        return await work(clients, own);
      } catch (error) {
        throw isCancellation(error) ? error : awsFailure(error, this.#call(subject, clients));
      }
    });
  }

  /** Makes the clients once; a failure is forgotten, so that the next call tries anew. */
  #connect(): Promise<AwsClients> {
    this.#clients ??= makeAwsClients(this.location, this.options).catch((error: unknown) => {
      this.#clients = undefined;
      throw error;
    });
    return this.#clients;
  }

  #call(subject: CallSubject, clients: AwsClients | undefined): AwsCall {
    const { region, endpoint } = this.location;
    const host =
      subject.operation === "GetCallerIdentity" ? clients?.hosts.sts : clients?.hosts.ecr;
    return { ...subject, profile: effectiveProfile(this.location.profile), region, endpoint, host };
  }
}
