import { ANSWER_ERRORS } from "./answerErrors.js";
import type { AwsErrorRow } from "./awsErrorRow.js";
import { CHANGE_ERRORS } from "./changeErrors.js";
import { CONNECTION_ERRORS } from "./connectionErrors.js";
import { RULE_ERRORS } from "./ruleErrors.js";
import { CREDENTIAL_ERRORS, NO_CREDENTIALS } from "./credentialErrors.js";

/**
 * Every AWS error that has a kind of its own, the telling ones before the vague ones.
 *
 * Names are compared as text: the SDK models neither credential nor throttling errors as classes.
 */
export const AWS_ERRORS: readonly AwsErrorRow[] = [
  ...CREDENTIAL_ERRORS,
  ...CONNECTION_ERRORS,
  ...RULE_ERRORS,
  ...CHANGE_ERRORS,
  ...ANSWER_ERRORS,
  NO_CREDENTIALS,
];
