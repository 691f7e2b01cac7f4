import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

/**
 * Stands in for the docker command: shows the login of its config to the registry as docker does,
 * and says what docker says. What is named `refused/` is refused whatever the login.
 */
const DOCKER = `#!${process.execPath}
const { readFileSync } = require("node:fs");
const [, , verb, image] = process.argv;
const host = image.split("/")[0];
let auth;
try {
  auth = JSON.parse(readFileSync(process.env.DOCKER_CONFIG + "/config.json")).auths[host]?.auth;
} catch {}
const end = (text, code) => { console.log(text); process.exit(code); };
console.log("The push refers to repository [" + image.replace(/:\\w+$/, "") + "]");
if (!auth || image.includes("refused/")) end("no basic auth credentials", 1);
fetch("http://" + host + "/v2/", { headers: { authorization: "Basic " + auth } }).then((answer) => {
  if (answer.status === 200) end("1: digest: sha256:5f70 size: 528", 0);
  end("denied: Your authorization token has expired. Reauthenticate and try again.", 1);
});
`;

let opened: OpenedWorkbench;
let folder: string;
let configFile: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-terminal-"));
  configFile = path.join(folder, "docker-config", "config.json");
  // VS Code asks the login shell for the PATH of its terminals.
  await writeFile(path.join(folder, ".profile"), `export PATH="${folder}:$PATH"\n`);
  await writeFile(path.join(folder, ".bashrc"), `PS1='$ '; PATH="${folder}:$PATH"\n`);
  await writeFile(path.join(folder, "docker"), DOCKER);
  await chmod(path.join(folder, "docker"), 0o755);
  opened = await openWorkbench({
    settings: {
      "terminal.integrated.defaultProfile.linux": "bash",
      "terminal.integrated.gpuAcceleration": "off",
    },
    env: { HOME: folder, SHELL: "/bin/bash", DOCKER_CONFIG: path.dirname(configFile) },
  });
  // The host of a registry that is none of AWS is known from its first token on.
  await opened.workbench.quickInput.run("ECR: Renew Login Token");
  await eventually(async () => {
    expect((await opened.workbench.statusBar.item("status"))?.text).toContain("11 h");
  });
  await opened.workbench.quickInput.run("Terminal: Create New Terminal");
  // The mark of the first prompt tells that the shell reports its commands.
  await opened.workbench.page.locator(".terminal-command-decoration").first().waitFor({
    state: "attached",
  });
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => opened.workbench.clearNotifications());

async function type(line: string): Promise<void> {
  const { page } = opened.workbench;
  // Sticky scroll has a second terminal with a field of its own.
  await page.locator(".part.panel .terminal-wrapper.active .xterm-helper-textarea").first().focus();
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
}

/** Waits until the terminal shows a text so many times. */
async function waitForOutput(text: string, times: number): Promise<void> {
  await eventually(async () => {
    const shown = await opened.workbench.terminalText();
    expect(shown.replaceAll("\n", "").split(text).length - 1, shown).toBe(times);
  });
}

async function clearTerminal(): Promise<void> {
  await opened.workbench.quickInput.run("Terminal: Clear");
}

test("a push without a login gets one, and runs again", async () => {
  const { notifications } = opened.workbench;
  const { host } = opened.ecr;
  const refused = `docker push failed: the terminal is not logged in to ${host}.`;
  // The terminal's first prompt starts the extension, which may take longer than typing.
  await eventually(async () => {
    await type(`docker push ${host}/team/api:1`);
    expect(await notifications.waitFor(refused, 5000)).toContain(configFile);
  }, 60_000);
  expect(await notifications.buttons(refused)).toEqual(["Fix and Retry", "Don't Show Again"]);
  await opened.workbench.screenshot("terminal-help-1-offer");
  await notifications.press(refused, "Fix and Retry");
  await waitForOutput("1: digest: sha256:5f70", 1);
  await opened.workbench.screenshot("terminal-help-2-retried");
  expect((await stat(configFile)).mode & 0o777).toBe(0o600);
});

test("a push whose login has ended gets a new one", async () => {
  const { notifications } = opened.workbench;
  const { host, origin } = opened.ecr;
  const before = await readFile(configFile, "utf8");
  await clearTerminal();
  await new LocalEcrControl(origin).expireTokens();
  await type(`docker push ${host}/team/api:1`);
  const refused = `docker push failed: the terminal's login for ${host} is no longer accepted.`;
  await notifications.press(refused, "Fix and Retry");
  await waitForOutput("1: digest: sha256:5f70", 1);
  expect(await readFile(configFile, "utf8")).not.toBe(before);
});

test("a command that a login does not help is offered none again", async () => {
  const { notifications } = opened.workbench;
  const { host } = opened.ecr;
  await clearTerminal();
  await type(`docker push ${host}/refused/api:1`);
  await notifications.press(/^docker push failed/, "Fix and Retry");
  await waitForOutput("no basic auth credentials", 2);
  // What comes after it has an offer of its own, which would stand beside one for the retry.
  await type(`docker pull ${host}/refused/api:1`);
  await notifications.waitFor(/^docker pull failed/);
  expect((await notifications.texts()).filter((text) => text.includes(" failed: "))).toHaveLength(
    1,
  );
});

test("commands that fail for another reason are left alone", async () => {
  const { notifications } = opened.workbench;
  const { host } = opened.ecr;
  await clearTerminal();
  await type(`true && docker push ${host}/refused/api:2; docker-missing ${host}`);
  await notifications.waitFor(/^docker push failed/);
  // A line of several commands is not run again as a whole.
  expect(await notifications.buttons(/^docker push failed/)).toEqual([
    "Log In",
    "Don't Show Again",
  ]);
});

test("Don't Show Again turns the offers off", async () => {
  const { notifications } = opened.workbench;
  const { host } = opened.ecr;
  const settings = path.join(opened.userFolder, "User", "settings.json");
  await clearTerminal();
  await type(`docker push ${host}/refused/api:3`);
  await notifications.press(/^docker push failed/, "Don't Show Again");
  await eventually(async () => {
    expect(JSON.parse(await readFile(settings, "utf8"))).toMatchObject({
      "ecr.terminalHelp": false,
    });
  });
  await type(`docker push ${host}/refused/api:3`);
  await waitForOutput("no basic auth credentials", 2);
  // Another question of the extension, which takes as long as an offer, comes and goes first.
  await opened.workbench.quickInput.run("ECR: Log out Docker CLI…");
  await opened.workbench.quickInput.waitForQuestion(/^Login to remove/);
  await opened.workbench.page.keyboard.press("Escape");
  expect(await notifications.texts()).not.toContainEqual(expect.stringContaining(" failed: "));
});

test("Log in Docker CLI… says what it does, and until when", async () => {
  const { quickInput, notifications } = opened.workbench;
  const { host } = opened.ecr;
  await rm(configFile);
  for (const theme of ["light", "hcDark", "dark"] as const) {
    await opened.workbench.switchTheme(theme);
    await quickInput.run("ECR: Log in Docker CLI…");
    await quickInput.waitForRow("Keep a token in the Docker config");
    expect(await quickInput.rows()).toMatchObject([
      { description: "lasts 11 h", detail: expect.stringContaining(configFile) as string },
    ]);
    await opened.workbench.screenshot("terminal-login");
    await opened.workbench.page.keyboard.press("Escape");
    await quickInput.waitUntilHidden();
  }
  await quickInput.run("ECR: Log in Docker CLI…");
  await quickInput.pick("Keep a token in the Docker config");
  await notifications.waitFor(
    new RegExp(`^docker in the terminal is logged in to ${host} until .* \\(11 h\\)\\.$`),
  );
  expect(await readFile(configFile, "utf8")).toContain(host);
  await opened.workbench.clearNotifications();
  await quickInput.run("ECR: Log out Docker CLI…");
  await quickInput.pick(host);
  await notifications.waitFor(/has no login for/);
  expect(await readFile(configFile, "utf8")).not.toContain(host);
});
