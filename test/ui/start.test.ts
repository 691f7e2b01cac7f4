import { expect, test } from "vitest";
import { projectFolder } from "../machine/folders.js";
import { runCommand } from "../machine/runCommand.js";

test("npm start brings up the playground and stops all of it", async () => {
  const said = await runCommand(
    process.execPath,
    ["--import", "tsx", "test/machine/start.ts", "--check"],
    { cwd: projectFolder, env: { CI: "true" } },
  );
  expect(said).toContain("The workbench answers.");
  expect(said.trimEnd()).toMatch(/Stopped\.$/);
});
