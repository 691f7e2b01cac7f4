import * as vscode from "vscode";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  formatAge,
  formatBytes,
  formatDuration,
  formatInstant,
  formatShortAge,
  formatSpan,
  shortDigest,
} from "../../../src/ui/quantities.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("formatBytes", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1 kB"],
    [999_499, "999 kB"],
    [999_500, "1 MB"],
    [412_345_678, "412 MB"],
    [999_999_999, "1 GB"],
    [1_550_000_000, "1.6 GB"],
    [12_300_000_000, "12 GB"],
    [2_000_000_000_000, "2 TB"],
    [2_000_000_000_000_000, "2,000 TB"],
  ])("%d is %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it("writes numbers in the language of the window", () => {
    const { language } = vscode.env;
    onTestFinished(() => {
      Object.assign(vscode.env, { language });
    });
    Object.assign(vscode.env, { language: "de" });
    expect(formatBytes(1_550_000_000)).toBe("1,6 GB");
  });
});

describe("spans and ages", () => {
  it.each([
    [0, "less than 1 min", "just now", "now"],
    [MINUTE - 1, "less than 1 min", "just now", "now"],
    [MINUTE, "1 min", "1 min ago", "1 min"],
    [HOUR - 1, "59 min", "59 min ago", "59 min"],
    [HOUR, "1 h", "1 h ago", "1 h"],
    [2 * DAY - 1, "47 h", "47 h ago", "47 h"],
    [2 * DAY, "2 d", "2 d ago", "2 d"],
    [400 * DAY, "400 d", "400 d ago", "400 d"],
  ])("%d ms: %s, %s, %s", (milliseconds, span, age, short) => {
    const now = new Date("2026-01-01T00:00:00Z");
    const instant = new Date(now.getTime() - milliseconds);
    expect(formatSpan(milliseconds)).toBe(span);
    expect(formatAge(instant, now)).toBe(age);
    expect(formatShortAge(instant, now)).toBe(short);
  });

  it("takes an instant of a clock that goes ahead for now", () => {
    expect(formatAge(new Date(1_000_000), new Date(0))).toBe("just now");
  });
});

describe("formatDuration", () => {
  it.each([
    [0, "1 s"],
    [1_499, "1 s"],
    [41_400, "41 s"],
    [59_499, "59 s"],
    [59_500, "1 min 0 s"],
    [72_000, "1 min 12 s"],
    [HOUR, "60 min 0 s"],
  ])("%d ms is %s", (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

it("shortDigest keeps the algorithm, four digits and two", () => {
  expect(shortDigest(`sha256:9f2c${"0".repeat(58)}e1`)).toBe("sha256:9f2c…e1");
});

it("formatInstant writes date, time and zone", () => {
  const text = formatInstant(new Date("2026-06-15T12:34:56Z"));
  expect(text).toMatch(/Jun 15, 2026.*:34:56.*(?:UTC|GMT|[A-Z]{2,5})/);
});
