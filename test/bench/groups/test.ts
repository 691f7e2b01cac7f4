import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { outFolder } from "../../machine/folders.js";
import type { BenchGroup } from "../figure.js";

const timesFile = path.join(outFolder, "test-times.json");

/** How long the last `npm test` took, as that run wrote it down; nothing is run for it. */
export const group: BenchGroup = {
  needs: [],
  async measure(run) {
    if (!existsSync(timesFile)) {
      run.say("The time of npm test is not known: no run has written out/test-times.json yet");
      return {};
    }
    const { wallSeconds } = JSON.parse(await readFile(timesFile, "utf8")) as {
      wallSeconds: number;
    };
    const note = "the goal is for a warm run; a cold one has 900 s";
    return { wallSeconds: { value: wallSeconds, unit: "s", goal: 480, note } };
  },
};
