import { describe, expect, it } from "vitest";
import { goFileMode } from "../../../../../src/docker/buildkit/fileSyncMode.js";

describe("goFileMode", () => {
  it.each([
    ["a file", 0o100644, 0o644],
    ["a folder", 0o040755, 2 ** 31 + 0o755],
    ["a symlink", 0o120777, 2 ** 27 + 0o777],
    ["a pipe", 0o010600, 2 ** 25 + 0o600],
    ["a block device", 0o060660, 2 ** 26 + 0o660],
    ["a character device", 0o020666, 2 ** 26 + 2 ** 21 + 0o666],
    ["a socket, which counts as a file", 0o140755, 0o755],
    ["set-user-id", 0o104755, 2 ** 23 + 0o755],
    ["set-group-id", 0o102755, 2 ** 22 + 0o755],
    ["a sticky folder", 0o041777, 2 ** 31 + 2 ** 20 + 0o777],
  ])("turns %s into Go's mode", (_what, mode, expected) => {
    expect(goFileMode(mode, "linux")).toBe(expected);
  });

  it.each([
    ["a file", 0o100666, 0o755],
    ["a read-only file", 0o100444, 0o555],
    ["a folder", 0o040666, 2 ** 31 + 0o755],
    ["a symlink", 0o120666, 2 ** 27 + 0o755],
  ])("lets %s of Windows run", (_what, mode, expected) => {
    expect(goFileMode(mode, "win32")).toBe(expected);
  });
});
