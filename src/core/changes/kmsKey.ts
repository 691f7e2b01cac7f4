import { EcrError } from "../errors.js";

const KEY_ID = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ALIAS = /^alias\/[a-zA-Z0-9/_-]{1,250}$/;
const ARN = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:(.+)$/;

/**
 * Returns the name of a KMS key for a repository in a region, or throws `invalid-input`.
 *
 * A key id, an alias, or the ARN of either; the key has to be in the repository's region.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EncryptionConfiguration.html
 */
export function parseKmsKey(text: string, region: string): string {
  if (KEY_ID.test(text) || ALIAS.test(text)) return text;
  const [, keyRegion, resource = ""] = ARN.exec(text) ?? [];
  if (keyRegion === undefined || !(isKeyResource(resource) || ALIAS.test(resource))) {
    throw invalid(text, "it is a key id, alias/ and a name, or the ARN of a key");
  }
  if (keyRegion !== region) throw invalid(text, `the key has to be in ${region}`);
  return text;
}

function isKeyResource(resource: string): boolean {
  return resource.startsWith("key/") && KEY_ID.test(resource.slice("key/".length));
}

function invalid(value: string, reason: string): EcrError {
  return new EcrError({ kind: "invalid-input", field: "kms-key", value, reason });
}
