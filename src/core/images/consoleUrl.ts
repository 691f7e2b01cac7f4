import { EcrError } from "../errors.js";
import { tryParseEcrHost } from "../ecrHost.js";
import type { Repository } from "../registry.js";

/**
 * The console of each partition that has a public one, by how the partition's regions begin.
 *
 * Sources: https://docs.aws.amazon.com/awsconsolehelpdocs/latest/gsg/console-urls.html,
 * https://docs.aws.eu/esc/latest/userguide/endpoints.html
 */
const CONSOLES: readonly (readonly [regions: RegExp, domain: string | undefined])[] = [
  [/^cn-/, "console.amazonaws.cn"],
  [/^us-gov-/, "console.amazonaws-us-gov.com"],
  [/^eusc-/, "console.amazonaws-eusc.eu"],
  [/^(?:us|eu)-iso/, undefined],
  [/^/, "console.aws.amazon.com"],
];

/**
 * Returns the page of the AWS console about a repository, or about one of its images.
 *
 * Fails with `console-missing` for registries that are not at AWS's own hosts, and for partitions
 * without a public console. The registry's host decides, as an endpoint of one's own may lead to
 * either.
 */
export function consoleUrl(
  { uri, name }: Pick<Repository, "uri" | "name">,
  digest: string | undefined,
): string {
  const host = uri.slice(0, uri.indexOf("/"));
  const ecr = tryParseEcrHost(host);
  const domain = ecr && CONSOLES.find(([regions]) => regions.test(ecr.region))?.[1];
  if (!ecr || domain === undefined) throw new EcrError({ kind: "console-missing", host });
  const { region, registryId } = ecr;
  const page = `https://${region}.${domain}/ecr/repositories/private/${registryId}/${name}`;
  const image = digest === undefined ? "" : `/_/image/${digest}/details`;
  return `${page}${image}?region=${region}`;
}
