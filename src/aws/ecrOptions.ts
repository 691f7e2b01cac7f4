import type { RequestGate } from "../core/requestGate.js";

/** What a registry may need besides its location. */
export interface EcrOptions {
  /** Asks the user for the code of an MFA device; without it, profiles with one fail. */
  readonly askMfaCode?: AskMfaCode;
  /** Hears of each token and each key that comes in, so that logs can be kept free of them. */
  readonly learnSecret?: (secret: string) => void;
  /** How many requests to ECR may be under way at once; by default all registries share five. */
  readonly gate?: RequestGate;
  /** How long a `credential_process` may take; two minutes by default. */
  readonly programTimeoutMs?: number;
}

/** Asks for the current code of an MFA device, given its serial number or ARN; rejects on cancel. */
export type AskMfaCode = (serial: string) => Promise<string>;
