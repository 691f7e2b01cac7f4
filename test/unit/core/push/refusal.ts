import { EcrError } from "../../../../src/core/errors.js";
import type { InputField } from "../../../../src/core/failures/inputFailures.js";

/** Returns the field and the reason that a parser gives; fails when it takes the text. */
export function refusal(parse: () => unknown): {
  field: InputField;
  value: string;
  reason: string;
} {
  try {
    parse();
  } catch (error) {
    if (error instanceof EcrError && error.failure.kind === "invalid-input") return error.failure;
    throw error;
  }
  throw new Error("the text was taken");
}
