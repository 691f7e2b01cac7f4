import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { BlockMonitor } from "../../bench/blockMonitor.js";

it("tells a loop that was held from one that was free", async () => {
  const free = new BlockMonitor();
  await delay(20);
  const unheld = free.stop();
  const held = new BlockMonitor();
  // By processor time, as a busy machine may give it late.
  const startedAt = process.cpuUsage();
  for (let cpuMs = 0; cpuMs < 300;) {
    const { user, system } = process.cpuUsage(startedAt);
    cpuMs = (user + system) / 1000;
  }
  await delay(20);
  const { wallMs, workMs } = held.stop();
  expect(wallMs).toBeGreaterThan(unheld.wallMs + 100);
  if (process.platform === "linux") expect(workMs).toBeGreaterThan(unheld.workMs + 100);
  else expect(workMs).toBeNaN();
});
