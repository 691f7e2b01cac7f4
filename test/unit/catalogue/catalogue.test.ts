import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Failure } from "../../../src/core/errors.js";
import { awsFailure } from "../../../src/aws/errors/awsFailure.js";
import { toRegistryFailure } from "../../../src/docker/errors/registryFailure.js";
import { isWordlessRefusal } from "../../../src/docker/errors/wordlessRefusal.js";
import { explain } from "../../../src/ui/failures/explain.js";
import { remedyLabel } from "../../../src/ui/failures/remedies.js";
import { catalogueRows, targetOf } from "../../catalogue/catalogueRows.js";
import { KNOWN_TROUBLES } from "../../catalogue/knownTroubles.js";
import {
  recordedErrors,
  recordedWords,
  type RecordedError,
} from "../../catalogue/recordedWords.js";

const FAMILIES = [/classic image store/, /containerd image store/];

describe("the error catalogue", () => {
  it("has a source, and a recorded error, for each row", () => {
    const rows = catalogueRows();
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ recorded }) => recorded === 0)).toEqual([]);
    for (const { source, id } of rows) expect(URL.canParse(source), id).toBe(true);
    const ids = rows.map(({ adapter, id }) => `${adapter} ${id}`);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says for each recorded word what it means, in a sentence with buttons", async () => {
    const lines = recordedWords.map(({ situation, engine, operation, message }) => {
      const failure = toRegistryFailure(message, targetOf({ operation }));
      const asks = isWordlessRefusal(message)
        ? "  The registry is asked what it meant. Else:\n"
        : "";
      const sentence = failure ? tell(failure) : "push-failed";
      return `${situation} · ${engine}\n${asks}  ${sentence}\n`;
    });
    await expect(lines.join("")).toMatchFileSnapshot("../../fixtures/catalogue/engines.txt");
  });

  it("says for each recorded error of AWS what it means, in a sentence with buttons", async () => {
    const lines = recordedErrors.map((recorded) => {
      const { failure } = awsFailure(raise(recorded), CALL);
      return `${recorded.title}\n  ${tell(failure)}\n`;
    });
    await expect(lines.join("")).toMatchFileSnapshot("../../fixtures/catalogue/aws.txt");
  });

  it.each(recordedWords)("knows, or can ask for, what $engine says when $situation", (recorded) => {
    const failure = toRegistryFailure(recorded.message, targetOf(recorded));
    if (failure === undefined) expect(isWordlessRefusal(recorded.message)).toBe(true);
    else expect(explain(failure).message).not.toBe("");
  });

  it.each(KNOWN_TROUBLES)("knows $title", ({ awsRows = [], situations = [], notMet }) => {
    expect(awsRows.length + situations.length > 0).toBe(notMet === undefined);
    const rows = new Set(recordedErrors.map(({ row }) => row));
    for (const row of awsRows) expect(rows).toContain(row);
    for (const situation of situations) {
      const engines = recordedWords.filter((words) => words.situation === situation);
      for (const family of FAMILIES) {
        const told = engines.filter(({ engine }) => family.test(engine));
        expect(told.length, `${situation} of ${String(family)}`).toBeGreaterThan(0);
      }
    }
  });

  it("has a recorded error, or a test of whoever finds it, for each kind of failure", () => {
    const golden = readFileSync(path.join(TESTS, "fixtures", "ui", "failures.txt"), "utf8");
    const kinds = new Set(golden.match(/^[\w-]+(?=: )/gm));
    expect(kinds.size).toBeGreaterThan(50);
    const recorded = new Set([
      ...recordedErrors.map(({ expected }) => expected.kind),
      ...recordedWords.map((words) => toRegistryFailure(words.message, targetOf(words))?.kind),
    ]);
    const tests = readTests();
    const unmet = [...kinds].filter(
      (kind) =>
        !recorded.has(kind as Failure["kind"]) &&
        !tests.includes(`"${kind}"`) &&
        !OTHERWISE.has(kind),
    );
    expect(unmet).toEqual([]);
  });

  it("tells VS Code that can't reach AWS from an engine that can't reach ECR", () => {
    const refused = Object.assign(new Error("no"), { code: "ECONNREFUSED" });
    const ours = explain(awsFailure(refused, CALL).failure);
    const words = recordedWords.filter(({ situation }) => situation === "refused");
    expect(ours.message).toContain("VS Code can't reach");
    for (const recorded of words) {
      const theirs = toRegistryFailure(recorded.message, targetOf(recorded));
      expect(theirs && tell(theirs)).toContain("The Docker Engine can't reach");
    }
    expect(words.length).toBeGreaterThan(3);
  });
});

const TESTS = path.join(import.meta.dirname, "..", "..");

/** Kinds that no test names: where they are met by their sentence, or why they are not. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ["sign-in-program-missing", "test/ui/signIn.test.ts meets it by its sentence"],
  ["workspace-untrusted", "test/ui/workspaceTrust.test.ts meets it by its sentence"],
  ["ignore-file-unwritable", "it is the disk of the window, which no test can fill or lock"],
  ["docker-login-failed", "its words are those of the credential helper of a system"],
]);

/** Reads the tests of what finds failures: not those of their sentences. */
function readTests(): string {
  return ["unit/aws", "unit/core", "unit/docker", "unit/localEcr", "contract", "ui"]
    .flatMap((folder) =>
      readdirSync(path.join(TESTS, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        path.join(TESTS, folder, name),
      ),
    )
    .filter((file) => file.endsWith(".test.ts"))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
}

const CALL = {
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

function tell(failure: Failure): string {
  const { message, remedies } = explain(failure);
  const buttons = remedies.map((remedy) => ` [${remedyLabel(remedy)}]`).join("");
  return `${failure.kind}: ${message}${buttons}`;
}
