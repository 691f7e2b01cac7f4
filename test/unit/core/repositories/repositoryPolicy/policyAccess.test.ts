import { describe, expect, it } from "vitest";
import { tryParseRepositoryPolicy } from "../../../../../src/core/repositories/repositoryPolicy/parseRepositoryPolicy.js";
import { readPolicyAccess } from "../../../../../src/core/repositories/repositoryPolicy/policyAccess.js";
import type { PolicyPrincipal } from "../../../../../src/core/repositories/repositoryPolicy/policyStatement.js";

const OWN = "111111111111";
const OTHER = "222222222222";
const PUSH_ALL = [
  ...["ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart"],
  ...["ecr:CompleteLayerUpload", "ecr:PutImage"],
];
const PULL_ALL = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

function nameOf(principal: PolicyPrincipal): string {
  switch (principal.kind) {
    case "everyone":
      return "*";
    case "account":
      return principal.accountId;
    case "identity":
      return principal.arn.split(":").at(-1) ?? "";
    case "service":
    case "other":
      return principal.name;
    case "deleted":
      return principal.id;
  }
}

/** Reads a policy of these statements as "who: push/pull/change". */
function access(...statements: readonly object[]): readonly string[] {
  const policy = tryParseRepositoryPolicy(JSON.stringify({ Statement: statements }));
  if (!policy) throw new Error("no policy");
  return readPolicyAccess(policy).map(({ principal, except, push, pull, change }) => {
    const but = except.length > 0 ? ` but ${except.map(nameOf).join(",")}` : "";
    return `${nameOf(principal)}${but}: ${push}/${pull}/${change}`;
  });
}

const allow = (Principal: unknown, Action: unknown, more: object = {}): object => ({
  Effect: "Allow",
  Principal,
  Action,
  ...more,
});
const deny = (Principal: unknown, Action: unknown, more: object = {}): object => ({
  Effect: "Deny",
  Principal,
  Action,
  ...more,
});
const role = (name: string, account = OTHER): string => `arn:aws:iam::${account}:role/${name}`;

describe("readPolicyAccess", () => {
  it.each([
    ["every form of everyone", [allow("*", "ecr:*")], ["*: yes/yes/yes"]],
    ["everyone as an AWS principal", [allow({ AWS: ["*"] }, PULL_ALL)], ["*: no/yes/no"]],
    ["an account by its number", [allow({ AWS: OTHER }, PUSH_ALL)], [`${OTHER}: yes/no/no`]],
    [
      "an account by its root",
      [allow({ AWS: `arn:aws-cn:iam::${OTHER}:root` }, PULL_ALL)],
      [`${OTHER}: no/yes/no`],
    ],
    [
      "a service",
      [allow({ Service: "lambda.amazonaws.com" }, PULL_ALL)],
      ["lambda.amazonaws.com: no/yes/no"],
    ],
    [
      "a deleted role",
      [allow({ AWS: "AROAEXAMPLEID1234567" }, PULL_ALL)],
      ["AROAEXAMPLEID1234567: no/yes/no"],
    ],
    [
      "kinds of principals that ECR lets nowhere",
      [allow({ Federated: "cognito-identity.amazonaws.com" }, "ecr:*")],
      ["Federated cognito-identity.amazonaws.com: yes/yes/yes"],
    ],
  ])("names %s", (_, statements, expected) => {
    expect(access(...statements)).toEqual(expected);
  });

  it.each([
    ["ECR:PUTIMAGE", "partly/no/no"],
    ["ecr:Put*", "partly/no/yes"],
    ["ecr:*Layer*", "partly/partly/no"],
    ["*", "yes/yes/yes"],
    ["ecr:Batch????????", "no/partly/no"],
    ["ecr:BatchGetImag?e", "no/no/no"],
    ["ecr:BatchGet?mage", "no/partly/no"],
    ["ecr:BatchDeleteImage", "no/no/yes"],
    ["s3:*", "no/no/no"],
    ["ecr-public:*", "no/no/no"],
  ])("takes %s as IAM does", (action, expected) => {
    expect(access(allow({ AWS: OTHER }, action))).toEqual([`${OTHER}: ${expected}`]);
  });

  it("adds up what several statements allow, those for everyone too", () => {
    const statements = [
      allow({ AWS: role("ci") }, PUSH_ALL.slice(0, 4)),
      allow({ AWS: OTHER }, "ecr:PutImage"),
      allow("*", PULL_ALL),
    ];
    expect(access(...statements)).toEqual([
      "*: no/yes/no",
      `${OTHER}: partly/yes/no`,
      "role/ci: yes/yes/no",
    ]);
  });

  it("lets a denial win, whoever it names", () => {
    expect(access(allow("*", "ecr:*"), deny("*", "ecr:PutImage"))).toEqual(["*: partly/yes/yes"]);
    expect(access(allow({ AWS: role("ci") }, "ecr:*"), deny({ AWS: OTHER }, PUSH_ALL))).toEqual([
      "role/ci: no/yes/yes",
    ]);
    expect(access(allow({ AWS: OWN }, "ecr:*"), deny({ AWS: OTHER }, "*"))).toEqual([
      `${OWN}: yes/yes/yes`,
    ]);
  });

  it("does not promise what a narrower denial may take from some of them", () => {
    expect(access(allow({ AWS: OTHER }, "ecr:*"), deny({ AWS: role("ci") }, PUSH_ALL))).toEqual([
      `${OTHER}: with-conditions/yes/yes`,
    ]);
  });

  it("says where conditions decide, and what they look at", () => {
    const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-1", "aws:SourceVpc": "v" } };
    const statements = [
      allow("*", PULL_ALL, { Condition }),
      deny("*", "ecr:PutImage", { Condition: { Bool: { "aws:SecureTransport": "false" } } }),
      allow({ AWS: OTHER }, PUSH_ALL),
    ];
    expect(access(...statements)).toEqual([
      "*: no/with-conditions/no",
      `${OTHER}: with-conditions/with-conditions/no`,
    ]);
    const policy = tryParseRepositoryPolicy(JSON.stringify({ Statement: statements }));
    expect(policy && readPolicyAccess(policy)[0]?.conditionKeys).toEqual([
      "aws:PrincipalOrgID",
      "aws:SourceVpc",
      "aws:SecureTransport",
    ]);
  });

  it("takes NotPrincipal for all the others", () => {
    const others = { NotPrincipal: { AWS: OWN } };
    expect(access({ Effect: "Allow", ...others, Action: "ecr:*" })).toEqual([
      `* but ${OWN}: yes/yes/yes`,
    ]);
    const denial = { Effect: "Deny", ...others, Action: "ecr:*" };
    expect(access(allow({ AWS: OWN }, "ecr:*"), denial)).toEqual([`${OWN}: yes/yes/yes`]);
    expect(access(allow({ AWS: OTHER }, "ecr:*"), denial)).toEqual([`${OTHER}: no/no/no`]);
    expect(access(allow("*", "ecr:*"), denial)).toEqual([
      "*: with-conditions/with-conditions/with-conditions",
    ]);
  });

  it("takes NotAction for all the other actions", () => {
    const statement = { Effect: "Allow", Principal: { AWS: OTHER }, NotAction: "ecr:Delete*" };
    expect(access(statement)).toEqual([`${OTHER}: yes/yes/yes`]);
    const denial = { Effect: "Deny", Principal: "*", NotAction: PULL_ALL };
    expect(access(allow({ AWS: OTHER }, "*"), denial)).toEqual([`${OTHER}: no/yes/no`]);
  });

  it("says nothing of those whom a policy only denies", () => {
    expect(access(deny({ AWS: OTHER }, "*"))).toEqual([]);
  });
});

describe("tryParseRepositoryPolicy", () => {
  it.each(["", "null", "[]", '"*"', "{}", "{not json", '{"Version":"2012-10-17"}'])(
    "knows that %j is no policy",
    (text) => {
      expect(tryParseRepositoryPolicy(text)).toBeUndefined();
    },
  );

  it("takes one statement without a list", () => {
    const policy = tryParseRepositoryPolicy(
      JSON.stringify({ Statement: allow("*", "ecr:*", { Sid: "open" }) }),
    );
    expect(policy).toMatchObject({ unreadable: 0, statements: [{ id: "open", effect: "allow" }] });
  });

  it.each([
    null,
    "Allow",
    [],
    { Effect: "allow", Principal: "*", Action: "*" },
    { Effect: "Allow", Action: "*" },
    { Effect: "Allow", Principal: "*" },
    { Effect: "Allow", Principal: "*", NotPrincipal: "*", Action: "*" },
    { Effect: "Allow", Principal: "*", Action: "*", NotAction: "*" },
    { Effect: "Allow", Principal: "anyone", Action: "*" },
    { Effect: "Allow", Principal: {}, Action: "*" },
    { Effect: "Allow", Principal: { AWS: [] }, Action: "*" },
    { Effect: "Allow", Principal: { AWS: [1] }, Action: "*" },
    { Effect: "Allow", Principal: "*", Action: [] },
    { Effect: "Allow", Principal: "*", Action: { a: 1 } },
    { Effect: "Allow", Principal: "*", Action: "*", Condition: [] },
    { Effect: "Allow", Principal: "*", Action: "*", Condition: { Bool: "x" } },
  ])("counts what is no statement: %j", (statement) => {
    const good = allow({ AWS: OTHER }, "ecr:*");
    const policy = tryParseRepositoryPolicy(JSON.stringify({ Statement: [statement, good] }));
    expect(policy?.unreadable).toBe(1);
    expect(policy?.statements).toHaveLength(1);
  });

  it("reads names that JavaScript has for itself as names", () => {
    const text = `{"Statement":{"Effect":"Allow","Principal":{"__proto__":"x","constructor":"y"},"Action":"ecr:*"}}`;
    expect(tryParseRepositoryPolicy(text)?.statements[0]?.principals).toEqual([
      { kind: "other", name: "__proto__ x" },
      { kind: "other", name: "constructor y" },
    ]);
  });

  it("matches a hostile pattern without going back for ever", () => {
    const pattern = `${"*a".repeat(3_000)}b`;
    expect(access(allow({ AWS: OTHER }, pattern))).toEqual([`${OTHER}: no/no/no`]);
  });
});
