import { describe, expect, it } from "vitest";
import type { AwsCall } from "../../../../src/aws/errors/awsErrorRow.js";
import { AWS_ERRORS } from "../../../../src/aws/errors/awsErrorTable.js";
import { awsFailure } from "../../../../src/aws/errors/awsFailure.js";
import { EcrError, type Failure } from "../../../../src/core/errors.js";
import {
  recordedErrors as recorded,
  type RecordedError,
} from "../../../catalogue/recordedWords.js";

const call: AwsCall = {
  operation: "DescribeImages",
  profile: "dev",
  region: "eu-west-1",
  host: "api.ecr.eu-west-1.amazonaws.com",
  repository: "team/api",
  tag: "v1",
};

function raise({ raw: { name, message, status, ...fields } }: RecordedError): Error {
  const metadata = status === undefined ? {} : { $metadata: { httpStatusCode: status } };
  return Object.assign(new Error(message), { name, ...fields, ...metadata });
}

describe("awsFailure", () => {
  it.each(recorded)("knows $title", (entry) => {
    const error = raise(entry);
    const failure = awsFailure(error, call);
    expect(failure.failure).toEqual(entry.expected);
    if (failure.failure.kind !== "credential-process-failed") expect(failure.cause).toBe(error);
  });

  it("keeps a credential process's own words, and leaves its arguments out of the log", () => {
    const entry = recorded.find(({ title }) => title === "failing credential process");
    const { cause, message } = awsFailure(entry && raise(entry), call);
    expect(String(cause)).toBe("Error: vault-keys failed: the vault is locked");
    expect(message).not.toContain("not-a-secret");
  });

  it("blames the clock for a signature where AWS's time differs from this machine's", () => {
    const error = Object.assign(new Error("The request signature does not match"), {
      name: "InvalidSignatureException",
      $response: { headers: { date: "Mon, 23 Nov 2026 10:00:00 GMT" } },
    });
    const at = (now: string): Failure => awsFailure(error, { ...call, now: new Date(now) }).failure;
    expect(at("2026-11-23T10:07:10Z")).toEqual({ kind: "clock-skewed", aheadMinutes: 7 });
    expect(at("2026-11-23T09:50:00Z")).toEqual({ kind: "clock-skewed", aheadMinutes: -10 });
    expect(at("2026-11-23T10:02:00Z")).toMatchObject({
      kind: "credentials-rejected",
      why: "wrong-secret",
    });
  });

  it("keeps AWS's number of a request that was denied", () => {
    const error = Object.assign(new Error("no"), {
      name: "AccessDeniedException",
      $metadata: { requestId: "8a5f-01" },
    });
    expect(awsFailure(error, call).failure).toMatchObject({ requestId: "8a5f-01" });
  });

  it.each(recorded)("knows $title as the cause of another error", (entry) => {
    const failure = awsFailure(new Error("wrapped", { cause: raise(entry) }), call).failure;
    if (entry.row === null) {
      expect(failure).toEqual({ ...entry.expected, message: "wrapped" });
    } else {
      expect(failure).toEqual(entry.expected);
    }
  });

  it("has a recorded error for each row of the table", () => {
    const rows = AWS_ERRORS.map((row) => row.id);
    expect(new Set(rows).size).toBe(rows.length);
    expect(new Set(recorded.flatMap(({ row }) => row ?? []))).toEqual(new Set(rows));
  });

  it("names the source of each row", () => {
    for (const row of AWS_ERRORS) expect(URL.canParse(row.source), row.id).toBe(true);
  });

  it("takes names from the message when the call does not tell them", () => {
    const bare = { operation: "PutImage", profile: undefined, region: "eu-west-1" };
    const failures = ["repository-not-found", "repository-exists", "tag-immutable"].map((id) => {
      const entry = recorded.find(({ row }) => row === id);
      return entry && awsFailure(raise(entry), bare).failure;
    });
    const repository = "team/api";
    expect(failures).toEqual([
      { kind: "repository-not-found", repository, registryId: "123456789012" },
      { kind: "repository-exists", repository },
      { kind: "tag-immutable", repository, tag: "v1" },
    ]);
  });

  it("leaves an error that has a kind already", () => {
    const known = new EcrError({ kind: "profile-not-found", profile: "dev" });
    expect(awsFailure(known, call)).toBe(known);
  });

  it("keeps what is thrown without being an error", () => {
    const failure = awsFailure("odd", call);
    expect(failure.failure).toMatchObject({ kind: "aws-failed", message: "odd" });
    expect(failure.cause).toBe("odd");
  });
});
