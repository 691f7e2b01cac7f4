/** What a run of the suite in the extension host found, as it is written to a JSON file. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  /** Titles of tests that didn't run. */
  readonly skipped: readonly string[];
  /** Titles of tests that failed, each with its error's message. */
  readonly failures: readonly string[];
}

/** The variable that names the file for the result. */
export const resultVariable = "ECR_TEST_RESULT_FILE";

/** The variable that names the file for what the tests print. */
export const outputVariable = "ECR_TEST_OUTPUT_FILE";
