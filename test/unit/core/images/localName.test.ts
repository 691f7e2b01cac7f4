import { describe, expect, it } from "vitest";
import type { InputField } from "../../../../src/core/failures/inputFailures.js";
import {
  checkLocalName,
  formatImageReference,
  parseLocalName,
} from "../../../../src/core/imageReference.js";
import { refusal } from "../push/refusal.js";

describe("parseLocalName", () => {
  // As https://github.com/distribution/reference/blob/main/normalize_test.go has it.
  it.each([
    ["api", "docker.io/library/api:latest"],
    ["api:dev", "docker.io/library/api:dev"],
    ["api:1.2.3", "docker.io/library/api:1.2.3"],
    ["team/api", "docker.io/team/api:latest"],
    ["team/api:dev", "docker.io/team/api:dev"],
    ["localhost/api:dev", "localhost/api:dev"],
    ["localhost:5000/api", "localhost:5000/api:latest"],
    ["127.0.0.1:5000/team/api:v1", "127.0.0.1:5000/team/api:v1"],
    ["ghcr.io/team/api:v1", "ghcr.io/team/api:v1"],
    ["docker.io/library/api:v1", "docker.io/library/api:v1"],
  ])("reads %s as %s", (text, full) => {
    expect(formatImageReference(parseLocalName(text))).toBe(full);
    expect(checkLocalName(text)).toBe(text);
  });

  it.each<[string, InputField]>([
    ["", "repository"],
    ["api:", "tag"],
    [":dev", "repository"],
    ["API", "repository"],
    ["api:dev:x", "repository"],
    ["-/api", "repository"],
    ["ghcr.io/", "repository"],
    ["a b", "repository"],
  ])("refuses %j for its %s", (text, field) => {
    expect(refusal(() => parseLocalName(text)).field).toBe(field);
    expect(refusal(() => checkLocalName(text)).field).toBe(field);
  });
});
