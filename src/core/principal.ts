/** Who asks AWS, as its ARN tells. */
export interface Principal {
  readonly kind: "user" | "role" | "root" | "federated-user";
  /** The name without path and session; empty for root. */
  readonly name: string;
  readonly accountId: string;
}

/**
 * Reads who a principal is; undefined for what is none, such as a service.
 *
 * The ARN of a session names its role and not the role's path.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function tryParsePrincipal(arn: string): Principal | undefined {
  const [, service, accountId = "", resource = ""] =
    /^arn:aws[\w-]*:(iam|sts)::(\d{12}):(\S+)$/.exec(arn) ?? [];
  if (service === undefined) return undefined;
  if (resource === "root") return { kind: "root", name: "", accountId };
  const [type, ...path] = resource.split("/");
  const name = service === "sts" ? path[0] : path.at(-1);
  if (!name) return undefined;
  if (type === "user" || type === "federated-user") return { kind: type, name, accountId };
  return type === "role" || type === "assumed-role" ? { kind: "role", name, accountId } : undefined;
}

/** Returns the account of a repository's ARN; undefined for every other resource. */
export function repositoryAccount(resource: string | undefined): string | undefined {
  return /^arn:aws[\w-]*:ecr:[\w-]+:(\d{12}):repository\//.exec(resource ?? "")?.[1];
}
