/** How many random cases a test tries: `ECR_TEST_FUZZ_CASES`, a few hundred by default. */
export function fuzzCases(): number {
  return Number(process.env["ECR_TEST_FUZZ_CASES"] ?? 240);
}

/** What the first case is made from, the next one from the number after it: `ECR_TEST_FUZZ_SEED`. */
export function fuzzSeed(): number {
  return Number(process.env["ECR_TEST_FUZZ_SEED"] ?? 1);
}

/** How long a test of so many cases may take, in ms. */
export function fuzzMinutes(): number {
  return 120_000 + fuzzCases() * 1_000;
}
