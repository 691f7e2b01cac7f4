import type { PolicyPrincipal, PolicyStatement, RepositoryPolicy } from "./policyStatement.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the text of a repository policy; undefined for what is no policy at all.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function tryParseRepositoryPolicy(text: string): RepositoryPolicy | undefined {
  const policy = asRecord(tryJson(text));
  const statement = policy?.["Statement"];
  if (statement === undefined) return undefined;
  const all: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  const statements = all.flatMap((one) => tryParseStatement(asRecord(one)) ?? []);
  return { statements, unreadable: all.length - statements.length };
}

function tryParseStatement(fields: Fields | undefined): PolicyStatement | undefined {
  if (!fields) return undefined;
  const { Sid, Effect, Principal, NotPrincipal, Action, NotAction, Condition } = fields;
  if (Effect !== "Allow" && Effect !== "Deny") return undefined;
  if ((Principal === undefined) === (NotPrincipal === undefined)) return undefined;
  if ((Action === undefined) === (NotAction === undefined)) return undefined;
  const principals = tryParsePrincipals(Principal ?? NotPrincipal);
  const actions = asTexts(Action ?? NotAction);
  const conditionKeys = tryParseConditions(Condition);
  if (!principals || !actions || !conditionKeys) return undefined;
  return {
    id: typeof Sid === "string" && Sid !== "" ? Sid : undefined,
    effect: Effect === "Allow" ? "allow" : "deny",
    isForOthers: NotPrincipal !== undefined,
    principals,
    isAboutOtherActions: NotAction !== undefined,
    actions,
    conditionKeys,
  };
}

function tryParsePrincipals(value: unknown): readonly PolicyPrincipal[] | undefined {
  if (value === "*") return [{ kind: "everyone" }];
  const kinds = asRecord(value);
  if (!kinds) return undefined;
  const found: PolicyPrincipal[] = [];
  for (const [kind, named] of Object.entries(kinds)) {
    const names = asTexts(named);
    if (!names) return undefined;
    found.push(...names.map((name) => readPrincipal(kind, name)));
  }
  return found.length > 0 ? found : undefined;
}

function readPrincipal(kind: string, name: string): PolicyPrincipal {
  if (kind === "Service") return { kind: "service", name };
  if (kind !== "AWS") return { kind: "other", name: `${kind} ${name}` };
  if (name === "*") return { kind: "everyone" };
  if (/^\d{12}$/.test(name)) return { kind: "account", accountId: name };
  const [, accountId, resource] = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):(.+)$/.exec(name) ?? [];
  if (accountId !== undefined) {
    return resource === "root"
      ? { kind: "account", accountId }
      : { kind: "identity", accountId, arn: name };
  }
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  if (/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(name)) return { kind: "deleted", id: name };
  return { kind: "other", name };
}

/** Conditions are operators, each with keys: `{"StringEquals": {"aws:SourceArn": "…"}}`. */
function tryParseConditions(value: unknown): readonly string[] | undefined {
  if (value === undefined) return [];
  const operators = asRecord(value);
  if (!operators) return undefined;
  const keys = Object.values(operators).map((operator) => asRecord(operator));
  if (keys.some((one) => one === undefined)) return undefined;
  return [...new Set(keys.flatMap((one) => Object.keys(one ?? {})))];
}

function asTexts(value: unknown): readonly string[] | undefined {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = all.filter((one) => typeof one === "string");
  return texts.length > 0 && texts.length === all.length ? texts : undefined;
}

function asRecord(value: unknown): Fields | undefined {
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
