import { expect, it } from "vitest";
import { repositoryAccount, tryParsePrincipal } from "../../../src/core/principal.js";

const accountId = "123456789012";

it.each([
  [`arn:aws:iam::${accountId}:user/kim`, { kind: "user", name: "kim", accountId }],
  [`arn:aws:iam::${accountId}:user/team/a/kim`, { kind: "user", name: "kim", accountId }],
  [`arn:aws-cn:iam::${accountId}:role/ops/Push`, { kind: "role", name: "Push", accountId }],
  [
    `arn:aws-us-gov:sts::${accountId}:assumed-role/Developer/kim@example.com`,
    { kind: "role", name: "Developer", accountId },
  ],
  [
    `arn:aws:sts::${accountId}:federated-user/kim`,
    { kind: "federated-user", name: "kim", accountId },
  ],
  [`arn:aws:iam::${accountId}:root`, { kind: "root", name: "", accountId }],
])("reads who %s is", (arn, principal) => {
  expect(tryParsePrincipal(arn)).toEqual(principal);
});

it.each(["", "kim", "arn:aws:iam::12:user/kim", `arn:aws:iam::${accountId}:group/x`])(
  "takes “%s” for nobody",
  (text) => {
    expect(tryParsePrincipal(text)).toBeUndefined();
  },
);

it("tells the account of a repository, and of nothing else", () => {
  expect(repositoryAccount(`arn:aws:ecr:eu-west-1:${accountId}:repository/a/b`)).toBe(accountId);
  expect(repositoryAccount(`arn:aws:iam::${accountId}:role/x`)).toBeUndefined();
  expect(repositoryAccount("*")).toBeUndefined();
});
