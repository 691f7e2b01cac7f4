/** An error answer of the control plane: AWS' code and text, and the HTTP status that carries them. */
export class AwsError extends Error {
  override readonly name = "AwsError";

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/**
 * Returns the error for an argument that breaks a rule.
 *
 * @param constraint The rule as AWS words it, without quotes.
 */
export function invalidParameter(field: string, constraint: string): AwsError {
  return new AwsError(
    "InvalidParameterException",
    `Invalid parameter at '${field}' failed to satisfy constraint: '${constraint}'`,
  );
}

/** Returns the error for a repository that this registry does not hold. */
export function repositoryNotFound(repositoryName: string, registryId: string): AwsError {
  return new AwsError(
    "RepositoryNotFoundException",
    `The repository with name '${repositoryName}' does not exist in the registry with id '${registryId}'`,
  );
}
