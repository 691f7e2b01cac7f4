import * as vscode from "vscode";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Formats bytes in decimal units, as registries and engines count them: `412 MB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit >= 3 && value < 10 ? 1 : 0;
  const number = value.toLocaleString(vscode.env.language, { maximumFractionDigits: digits });
  return `${number} ${units[unit] ?? ""}`;
}

/** Formats how long ago an instant was: `3 h ago`. */
export function formatAge(instant: Date, now: Date): string {
  const milliseconds = now.getTime() - instant.getTime();
  return milliseconds < MINUTE_MS
    ? vscode.l10n.t("just now")
    : vscode.l10n.t("{0} ago", formatSpan(milliseconds));
}

/** Formats an age for a row, where every letter counts: `now`, `3 h`. */
export function formatShortAge(instant: Date, now: Date): string {
  const milliseconds = now.getTime() - instant.getTime();
  return milliseconds < MINUTE_MS ? vscode.l10n.t("now") : formatSpan(milliseconds);
}

/** Formats a span in its largest whole unit: `24 min`, `11 h`, `9 d`. */
export function formatSpan(milliseconds: number): string {
  if (milliseconds < MINUTE_MS) return vscode.l10n.t("less than 1 min");
  if (milliseconds < HOUR_MS) return vscode.l10n.t("{0} min", Math.floor(milliseconds / MINUTE_MS));
  if (milliseconds < 2 * DAY_MS) return vscode.l10n.t("{0} h", Math.floor(milliseconds / HOUR_MS));
  return vscode.l10n.t("{0} d", Math.floor(milliseconds / DAY_MS));
}

/** Formats how long something took: `41 s`, `1 min 12 s`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 60) return vscode.l10n.t("{0} s", seconds);
  return vscode.l10n.t("{0} min {1} s", Math.floor(seconds / 60), seconds % 60);
}

/** Formats how long a step took, where tenths of a second tell: `0.4 s`, `41 s`. */
export function formatStepDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds >= 9.95) return formatDuration(milliseconds);
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return vscode.l10n.t("{0} s", seconds.toLocaleString(vscode.env.language, digits));
}

/** Shortens a digest for a row: `sha256:9f2c…e1`. */
export function shortDigest(digest: string): string {
  const [algorithm = "", hex = ""] = digest.split(":");
  return `${algorithm}:${hex.slice(0, 4)}…${hex.slice(-2)}`;
}

/** Formats an instant with date, time and zone, for tooltips. */
export function formatInstant(instant: Date): string {
  return instant.toLocaleString(vscode.env.language, { dateStyle: "medium", timeStyle: "long" });
}

/** Formats the time of day of an instant, for rows of today: `14:03`. */
export function formatTimeOfDay(instant: Date): string {
  return instant.toLocaleTimeString(vscode.env.language, { timeStyle: "short" });
}
