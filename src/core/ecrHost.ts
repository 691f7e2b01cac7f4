/** What the host of an ECR registry says. */
export interface EcrHost {
  /** The account, twelve digits. */
  readonly registryId: string;
  readonly region: string;
}

/** The host of all public registries; its tokens come from ECR Public's own API. */
export const PUBLIC_HOST = "public.ecr.aws";

/** Each partition: how its ARNs name it, and the domains of its registries. */
const PARTITIONS: readonly (readonly [partition: string, domains: string, regions: RegExp])[] = [
  ["aws-cn", String.raw`amazonaws\.com\.cn|on\.amazonwebservices\.com\.cn`, /^cn-/],
  ["aws-us-gov", String.raw`amazonaws\.com|on\.aws`, /^us-gov-/],
  ["aws-eusc", String.raw`amazonaws\.eu|on\.amazonwebservices\.eu`, /^eusc-/],
  ["aws-iso", String.raw`c2s\.ic\.gov`, /^us-iso-/],
  ["aws-iso-b", String.raw`sc2s\.sgov\.gov`, /^us-isob-/],
  ["aws-iso-e", String.raw`cloud\.adc-e\.uk`, /^eu-isoe-/],
  ["aws-iso-f", String.raw`csp\.hci\.ic\.gov`, /^us-isof-/],
  ["aws", String.raw`amazonaws\.com|on\.aws`, /^(?!cn-|eusc-|us-gov-|us-iso|eu-iso)/],
];

const REGION = "[a-z]{2,}(?:-[a-z]+)+-\\d+";

/**
 * Reads account and region from the host of an ECR registry; undefined for every other host.
 *
 * FIPS and dual-stack hosts count, of every partition of AWS and with its own domain only. The
 * whole host has to fit, as a login goes to what this accepts. ECR Public is none of them: its
 * images need no login, and its tokens come from an API of their own.
 * Source: https://github.com/awslabs/amazon-ecr-credential-helper/blob/main/ecr-login/api/client.go
 */
export function tryParseEcrHost(host: string): EcrHost | undefined {
  return tryParse(host)?.ecr;
}

/** Names the repository of an image in ECR; undefined where the host is none of ECR. */
export function repositoryArn(host: string, image: string): string | undefined {
  const found = tryParse(host);
  if (!found || !image.startsWith(`${host}/`)) return undefined;
  const repository = image.slice(host.length + 1).replace(/[:@].*$/, "");
  const { region, registryId } = found.ecr;
  return `arn:${found.partition}:ecr:${region}:${registryId}:repository/${repository}`;
}

function tryParse(host: string): { partition: string; ecr: EcrHost } | undefined {
  for (const [partition, domains, regions] of PARTITIONS) {
    const pattern = `^(\\d{12})\\.dkr(?:\\.ecr(?:-fips)?|-ecr(?:-fips)?)\\.(${REGION})\\.(?:${domains})$`;
    const [whole, registryId = "", region = ""] = new RegExp(pattern).exec(host) ?? [];
    if (whole !== undefined && regions.test(region)) {
      return { partition, ecr: { registryId, region } };
    }
  }
  return undefined;
}
