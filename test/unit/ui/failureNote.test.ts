import { expect, it } from "vitest";
import type { Failure } from "../../../src/core/errors.js";
import { failureNote } from "../../../src/ui/failureNote.js";

const place = { dockerfile: "/shop/Dockerfile", line: 3 } as const;
const base = { ...place, image: "shop/base:1", host: "docker.io", login: undefined } as const;
const denied = { action: undefined, resource: undefined, principal: undefined } as const;

it.each<[Failure, string]>([
  [{ kind: "build-failed", ...place, step: "RUN make", message: "exit code: 2" }, "exit code: 2"],
  [{ kind: "secret-missing", ...place, id: "npm" }, "The build was not given the secret npm."],
  [
    { kind: "ssh-agent-missing", ...place, id: "default" },
    "The build was not lent the SSH agent default.",
  ],
  [
    { kind: "base-image-not-found", ...base },
    "docker.io has no base image shop/base:1, or shows it only after a login.",
  ],
  [
    { kind: "base-image-unauthorized", ...base },
    "docker.io wants a login for the base image shop/base:1. Sign in with: docker login docker.io",
  ],
  [
    { kind: "base-image-denied", ...base, ...denied },
    "docker.io does not give the base image shop/base:1 without a login.",
  ],
])("says at its line %j", (failure, text) => {
  expect(failureNote(failure)).toEqual({ ...place, endLine: undefined, text });
});

it("says of a step also its last words, over all of its lines", () => {
  const output = ["1", "2", "3", "4", "5", "6"];
  const failure = { kind: "build-failed", ...place, endLine: 5, step: "RUN make", output } as const;
  expect(failureNote({ ...failure, message: "exit code: 2" })).toMatchObject({
    endLine: 5,
    text: "exit code: 2\n2\n3\n4\n5\n6",
  });
});

it("says a program of another platform at the step that runs it", () => {
  const platforms = ["linux/arm64"];
  expect(
    failureNote({ kind: "emulator-missing", ...place, step: "RUN make", platforms })?.text,
  ).toContain("linux/arm64");
});

it.each<Failure>([
  { kind: "secret-missing", ...place, line: undefined, id: "npm" },
  { kind: "base-image-not-found", ...base, line: undefined },
  { kind: "dockerfile-empty", path: "/shop/Dockerfile" },
  { kind: "engine-disk-full", operation: "build" },
])("says nothing of %j, which has no line", (failure) => {
  expect(failureNote(failure)).toBeUndefined();
});
