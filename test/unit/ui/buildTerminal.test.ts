import { expect, it } from "vitest";
import { colourLine } from "../../../src/ui/buildTerminal.js";

const styles: Readonly<Record<string, string>> = {
  "0": "/",
  "1": "bold",
  "31": "red",
  "32": "green",
  "33": "yellow",
  "34": "blue",
  "90": "grey",
};

function readable(line: string): string {
  return colourLine(line).replace(
    new RegExp(`${String.fromCharCode(27)}\\[(\\d+)m`, "g"),
    (_, code: string) => `<${styles[code] ?? code}>`,
  );
}

it.each([
  ["#7 [2/4] COPY . /app", "<grey>#7</> <bold>[2/4] COPY . /app</>"],
  ["#7 CACHED", "<grey>#7</> <blue>CACHED</>"],
  ["#7 0.412 text", "<grey>#7</> <grey>0.412</> text"],
  ["#7 DONE 0.4s", "<grey>#7</> <green>DONE 0.4s</>"],
  ["#8 ERROR: exit code: 3", "<grey>#8</> <red>ERROR: exit code: 3</>"],
  ["#8 CANCELED", "<grey>#8</> <red>CANCELED</>"],
  ["#8 WARN: old", "<grey>#8</> <yellow>WARN: old</>"],
  ["#8 sha256:9f2c 1.00kB / 2.00kB", "<grey>#8</> sha256:9f2c 1.00kB / 2.00kB"],
  ["> build", "<bold>> build</>"],
  ["pushed host/a@sha256:9f2c", "<green>pushed host/a@sha256:9f2c</>"],
  ["ERROR: gone", "<red>ERROR: gone</>"],
  ["", ""],
])("colours %j by its words", (line, coloured) => {
  expect(readable(line)).toBe(coloured);
});
