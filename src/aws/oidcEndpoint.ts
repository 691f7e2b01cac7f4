import { EcrError } from "../core/errors.js";
import { findEndpoint } from "./endpoints.js";
import type { SsoSession } from "./ssoSession.js";

/** The domain of each partition of AWS, by its regions. */
const DOMAINS: readonly (readonly [regions: RegExp, domain: string])[] = [
  [/^cn-/, "amazonaws.com.cn"],
  [/^eusc-/, "amazonaws.eu"],
  [/^us-iso-/, "c2s.ic.gov"],
  [/^us-isob-/, "sc2s.sgov.gov"],
  [/^eu-isoe-/, "cloud.adc-e.uk"],
  [/^us-isof-/, "csp.hci.ic.gov"],
  [/^/, "amazonaws.com"],
];

/**
 * Finds where a session signs in: what the environment or the profile sets, else AWS's own host.
 *
 * Fails with `invalid-input` for a region that can't be part of a host.
 * Source: https://docs.aws.amazon.com/general/latest/gr/sso.html
 */
export async function oidcEndpoint({ profile, region }: SsoSession): Promise<string> {
  const configured = await findEndpoint("sso_oidc", profile);
  if (configured !== undefined) return configured.replace(/\/+$/, "");
  if (!/^[a-z]+(?:-[a-z]+)+-\d+$/.test(region)) {
    const reason = "it can't be part of a host name";
    throw new EcrError({ kind: "invalid-input", field: "region", value: region, reason });
  }
  const domain = DOMAINS.find(([regions]) => regions.test(region))?.[1] ?? "amazonaws.com";
  return `https://oidc.${region}.${domain}`;
}
