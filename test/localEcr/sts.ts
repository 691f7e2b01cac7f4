import { callerArn } from "./arn.js";
import { AwsError } from "./awsError.js";
import type { RegistryKey } from "./store.js";

const namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

/**
 * Answers GetCallerIdentity, the one STS operation that needs no permission, as XML.
 *
 * @throws AwsError InvalidAction for any other operation.
 */
export function answerSts(operation: string, key: RegistryKey, requestId: string): string {
  if (operation !== "GetCallerIdentity") {
    throw new AwsError(
      "InvalidAction",
      `Could not find operation ${operation} for version 2011-06-15`,
    );
  }
  return `<GetCallerIdentityResponse xmlns="${namespace}">
  <GetCallerIdentityResult>
    <Arn>${escapeXml(callerArn(key))}</Arn>
    <UserId>AIDAEXAMPLE${key.account.slice(0, 9)}</UserId>
    <Account>${key.account}</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>
</GetCallerIdentityResponse>
`;
}

/** Returns an error in the form of the query protocol, which has codes of its own. */
export function stsError(error: AwsError, requestId: string): string {
  return `<ErrorResponse xmlns="${namespace}">
  <Error>
    <Type>Sender</Type>
    <Code>${escapeXml(codeOf(error))}</Code>
    <Message>${escapeXml(error.message)}</Message>
  </Error>
  <RequestId>${requestId}</RequestId>
</ErrorResponse>
`;
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
function codeOf({ code }: AwsError): string {
  if (code === "UnrecognizedClientException") return "InvalidClientTokenId";
  return code.replace(/Exception$/, "");
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
