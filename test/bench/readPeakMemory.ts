import { existsSync, readFileSync } from "node:fs";

/**
 * Reads the largest memory that this process had, in MB (millions of bytes).
 *
 * Not `maxRSS` where it can be helped: Linux counts what the parent had when it started us in it.
 * Source: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html
 */
export function readPeakMemory(): number {
  const status = existsSync("/proc/self/status") ? readFileSync("/proc/self/status", "utf8") : "";
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  const kilobytes = peak === undefined ? process.resourceUsage().maxRSS : Number(peak);
  return (kilobytes * 1024) / 1e6;
}
