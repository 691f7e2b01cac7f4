/**
 * Reads from the password of an ECR login when it ends; undefined where it doesn't tell.
 *
 * The password is opaque by contract: that it is the base64 of JSON with `expiration`, in seconds,
 * is what people have seen, so this is a guess for logins that others have made.
 * Source: https://github.com/CircleCI-Public/aws-ecr-orb/issues/265
 */
export function tryReadTokenExpiry(password: string): Date | undefined {
  let expiration: unknown;
  try {
    const fields: unknown = JSON.parse(atob(password));
    if (typeof fields === "object" && fields !== null && "expiration" in fields) {
      expiration = fields.expiration;
    }
  } catch {
    return undefined;
  }
  if (typeof expiration !== "number") return undefined;
  const expiresAt = new Date(expiration * 1000);
  return Number.isNaN(expiresAt.getTime()) ? undefined : expiresAt;
}
