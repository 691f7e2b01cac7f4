/** What a registry may need besides its location. */
export interface EcrOptions {
  /** Asks the user for the code of an MFA device; without it, profiles with one fail. */
  readonly askMfaCode?: AskMfaCode;
}

/** Asks for the current code of an MFA device, given its serial number or ARN; rejects on cancel. */
export type AskMfaCode = (serial: string) => Promise<string>;
