/** Returns the smallest IAM policy, as JSON, that allows one action on one resource. */
export function policyFor(action: string, resource: string | undefined): string {
  // A token is not made for one repository, so IAM takes this action on "*" only.
  const target = action === "ecr:GetAuthorizationToken" ? "*" : (resource ?? "*");
  const statement = { Effect: "Allow", Action: [action], Resource: target };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] }, null, 2);
}
