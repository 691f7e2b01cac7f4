import { EcrError } from "../core/errors.js";

/** Turns the one expected failure into undefined, and leaves all others. */
export async function undefinedOn<T>(
  kind: "repository-not-found" | "image-not-found",
  work: Promise<T>,
): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EcrError && error.failure.kind === kind) return undefined;
    throw error;
  }
}
