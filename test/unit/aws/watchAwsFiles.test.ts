import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchAwsFiles } from "../../../src/aws/watchAwsFiles.js";
import { makeAwsFiles, type AwsFiles } from "../../fakes/awsFiles.js";

const keys = (secret: string): string =>
  `aws_access_key_id = 123456789012\naws_secret_access_key = ${secret}\n`;
const waiting = { timeout: 30_000, interval: 50 };

let files: AwsFiles;
let stop: (() => void) | undefined;
let changes: string[][] = [];
let signIns = 0;
beforeEach(() => {
  files = makeAwsFiles();
  changes = [];
  signIns = 0;
});
afterEach(() => {
  stop?.();
  files.remove();
});

async function watch(): Promise<void> {
  const onProfiles = (names: ReadonlySet<string>): void => {
    changes.push([...names].sort());
  };
  const onSignIn = (): void => {
    signIns += 1;
  };
  stop = await watchAwsFiles({ onProfiles, onSignIn }, 50);
}

/** Waits until the next change is told. */
async function nextChange(): Promise<string[] | undefined> {
  await vi.waitFor(() => {
    expect(changes).not.toEqual([]);
  }, waiting);
  return changes.shift();
}

describe("watchAwsFiles", () => {
  it("tells which profiles came, changed and went, and of no others", async () => {
    await watch();
    files.write("[profile dev]\nregion = a\n[profile ops]\nregion = a\n", `[dev]\n${keys("one")}`);
    expect(await nextChange()).toEqual(["dev", "ops"]);
    files.write("[profile dev]\nregion = a\n[profile ops]\nregion = b\n", `[dev]\n${keys("one")}`);
    expect(await nextChange()).toEqual(["ops"]);
    writeFileSync(files.credentials, `[dev]\n${keys("another")}`);
    expect(await nextChange()).toEqual(["dev"]);
    rmSync(files.config);
    expect(await nextChange()).toEqual(["dev", "ops"]);
  });

  it("tells of the profiles whose file can't be read any more, and again", async () => {
    files.write("[profile dev]\nregion = a\n");
    await watch();
    files.write("[profile dev\nregion = a\n");
    expect(await nextChange()).toEqual(["dev"]);
    files.write("[profile dev]\nregion = a\n");
    expect(await nextChange()).toEqual(["dev"]);
  });

  it("tells that somebody has signed in", async () => {
    await watch();
    const folder = path.join(path.dirname(files.config), ".aws", "sso", "cache");
    mkdirSync(folder, { recursive: true });
    await vi.waitFor(() => {
      expect(signIns).toBeGreaterThan(0);
    }, waiting);
    const before = signIns;
    let sessions = 0;
    await vi.waitFor(() => {
      // A file in the very tick of the clock in which the folder was made does not show.
      writeFileSync(path.join(folder, `session-${sessions++}.json`), "{}");
      expect(signIns).toBeGreaterThan(before);
    }, waiting);
    expect(changes).toEqual([]);
  });
});
