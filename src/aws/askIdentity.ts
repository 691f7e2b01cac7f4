import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { EcrError } from "../core/errors.js";
import type { Identity } from "../core/registry.js";
import type { EcrCalls } from "./ecrCalls.js";

/** Asks AWS who we are; fails with `aws-failed` when the answer does not tell. */
export function askIdentity(calls: EcrCalls, signal: AbortSignal): Promise<Identity> {
  const operation = "GetCallerIdentity";
  return calls.ask({ operation }, signal, async ({ sts }, abortSignal) => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand(), { abortSignal });
    if (!Account || !Arn) {
      const message = "the answer holds no account";
      throw new EcrError({ kind: "aws-failed", operation, message });
    }
    return { accountId: Account, arn: Arn };
  });
}
