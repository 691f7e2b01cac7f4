import {
  loadConfig,
  nodeDualstackConfigSelectors,
  nodeFipsConfigSelectors,
} from "@smithy/core/config";
import { EcrError } from "../core/errors.js";
import { findEndpoint } from "./endpoints.js";
import type { SsoSession } from "./ssoSession.js";

/** The domains of each partition of AWS, by its regions: over IPv4, and over IPv6 as well. */
const DOMAINS: readonly (readonly [regions: RegExp, domain: string, dualStack: string])[] = [
  [/^cn-/, "amazonaws.com.cn", "api.amazonwebservices.com.cn"],
  [/^eusc-/, "amazonaws.eu", "api.amazonwebservices.eu"],
  [/^us-iso-/, "c2s.ic.gov", "api.aws.ic.gov"],
  [/^us-isob-/, "sc2s.sgov.gov", "api.aws.scloud"],
  [/^eu-isoe-/, "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"],
  [/^us-isof-/, "csp.hci.ic.gov", "api.aws.hci.ic.gov"],
  [/^/, "amazonaws.com", "api.aws"],
];

/**
 * Finds where a session signs in: what the environment or the profile sets, else AWS's own host, of
 * the kind that they ask for with `use_fips_endpoint` and `use_dualstack_endpoint`.
 *
 * Fails with `invalid-input` for a region that can't be part of a host.
 * Source: https://github.com/aws/aws-sdk-js-v3/blob/main/codegen/sdk-codegen/aws-models/sso-oidc.json
 */
export async function oidcEndpoint({ profile, region }: SsoSession): Promise<string> {
  const configured = await findEndpoint("sso_oidc", profile);
  if (configured !== undefined) return configured.replace(/\/+$/, "");
  if (!/^[a-z]+(?:-[a-z]+)+-\d+$/.test(region)) {
    const reason = "it can't be part of a host name";
    throw new EcrError({ kind: "invalid-input", field: "region", value: region, reason });
  }
  const isFips = await loadConfig(nodeFipsConfigSelectors, { profile })();
  const isDualStack = await loadConfig(nodeDualstackConfigSelectors, { profile })();
  const [, domain, dualStack] = DOMAINS.find(([regions]) => regions.test(region)) ?? [];
  // GovCloud's ordinary host is the FIPS one.
  const isOrdinary = !isFips || (region.startsWith("us-gov-") && !isDualStack);
  const host = `${isOrdinary ? "oidc" : "oidc-fips"}.${region}`;
  return `https://${host}.${(isDualStack ? dualStack : domain) ?? "amazonaws.com"}`;
}
