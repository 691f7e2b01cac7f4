import type { InputFailures } from "../../core/failures/inputFailures.js";
import { type Explanations, say } from "./explanation.js";
import { invalidInputMessage, remediesForInput } from "./inputFailures.js";

/** The sentences and remedies of failures with what people type, set or choose. */
export const inputExplanations: Explanations<keyof InputFailures> = {
  "invalid-input": (failure) =>
    say(invalidInputMessage(failure), ...remediesForInput(failure.field)),
};
