import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { makeOpenRegistry } from "../../../src/aws/openRegistry.js";
import type { Registry } from "../../../src/core/ports.js";
import { makeAwsFiles, type AwsFiles } from "../../fakes/awsFiles.js";
import { LocalEcrControl } from "../../localEcr/control.js";
import { startLocalEcr, type LocalEcr, type LocalEcrOptions } from "../../localEcr/server.js";

/** The account of the tests' credentials; a local ECR takes it from the access key's id. */
export const ACCOUNT = "210987654321";
/** The region of the tests' registry. */
export const REGION = "eu-west-1";
/** A secret that must not turn up anywhere. */
export const SECRET = "not-a-real-secret";
/** An endpoint where nobody listens. */
export const NOWHERE = "http://127.0.0.1:9";
/** The settings of a profile with credentials. */
export const KEYS = `aws_access_key_id = ${ACCOUNT}\naws_secret_access_key = ${SECRET}\n`;

/** An empty local ECR with a registry open on it, made anew for each test. */
export interface LocalRegistry {
  local: LocalEcr;
  control: LocalEcrControl;
  /** AWS files with the profile `dev`. */
  files: AwsFiles;
  registry: Registry;
  /** A signal that nobody aborts. */
  signal: AbortSignal;
  open(): Registry;
  /** Tells how often an operation was asked for in this test. */
  countOf(operation: string): Promise<number>;
}

/** Starts a local ECR for the tests of a file; what it returns is ready inside tests and hooks. */
export function useLocalRegistry(options: Omit<LocalEcrOptions, "dataDir"> = {}): LocalRegistry {
  let dataDir = "";
  const here = {
    open: () => makeOpenRegistry()({ profile: "dev", region: REGION, endpoint: here.local.origin }),
    countOf: async (operation) =>
      (await here.control.requests()).filter((request) => request.operation === operation).length,
  } as LocalRegistry;
  beforeAll(async () => {
    dataDir = mkdtempSync(path.join(tmpdir(), "ecr-registry-"));
    here.local = await startLocalEcr({ ...options, dataDir });
    here.control = new LocalEcrControl(here.local.origin);
  });
  afterAll(async () => {
    await here.local.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    here.files = makeAwsFiles();
    here.files.write("", `[dev]\n${KEYS}`);
    vi.stubEnv("AWS_ENDPOINT_URL_STS", here.local.origin);
    here.registry = here.open();
    here.signal = new AbortController().signal;
  });
  afterEach(async () => {
    here.files.remove();
    await here.control.reset();
    await here.control.clear();
  });
  return here;
}

/** Reads all pages. */
export async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<(readonly T[])[]> {
  const found: (readonly T[])[] = [];
  for await (const page of pages) found.push(page);
  return found;
}
