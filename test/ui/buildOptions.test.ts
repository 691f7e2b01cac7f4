import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerPushQuestions } from "./answerPushQuestions.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { readLogs } from "./readLogs.js";
import { removeImages } from "./removeImages.js";

/** Values that may be nowhere but in the build. */
const canaries = { variable: randomUUID(), file: randomUUID(), typed: randomUUID() };
const shop = `# The image that all stages begin with
ARG BASE=busybox:local

# Packs the shop
FROM $BASE AS pack
# Which release to pack
ARG VERSION=1.0
ARG CHANNEL
RUN --mount=type=secret,id=npm,required=true ${holds("npm", canaries.variable)}
RUN echo packed $VERSION for $CHANNEL

# What customers meet
FROM pack AS serve
RUN --mount=type=secret,id=licence,required=true ${holds("licence", canaries.file)}
RUN --mount=type=secret,id=pin ${holds("pin", canaries.typed)}
`;

let opened: OpenedWorkbench;
beforeAll(async () => {
  opened = await openWorkbench({
    env: { NPM_TOKEN: canaries.variable },
    files: {
      "shop.Dockerfile": shop,
      "shop.Dockerfile.dockerignore": "*\n",
      "licence.txt": canaries.file,
    },
  });
  await new EcrContents(opened.ecr.origin).create("team/shop", "MUTABLE");
});
afterAll(async () => {
  await opened.close();
  await removeImages(process.env["ECR_TEST_DOCKER_HOSTS"]?.split(",")[0] ?? "", "workspace:latest");
});

test("a build without a required secret offers the options before it begins", async () => {
  const { workbench } = opened;
  const { explorer, quickInput, notifications } = workbench;
  await explorer.choose("shop.Dockerfile", "Push to ECR…");
  await answerPushQuestions(workbench, { repository: "team/shop", tag: "plain" });
  const missing = /mounts the secret npm at line 9 and can't be built without it/;
  await notifications.waitFor(missing);
  expect(await notifications.buttons(missing)).toEqual([
    "Choose Options…",
    "Open Dockerfile",
    "Show Log",
  ]);
  await workbench.screenshot("options-1-missing");
  await notifications.press(missing, "Choose Options…");
  await quickInput.waitForRow("Push team/shop:plain");
  expect((await quickInput.rows())[0]?.detail).toBe("The secret npm is required at line 9");
  await workbench.screenshot("options-2-sheet");
  await quickInput.cancel();
});

test("the keyboard is enough to choose options and build", async () => {
  const { page, explorer, quickInput, notifications } = opened.workbench;
  await explorer.click("shop.Dockerfile");
  await eventually(async () => {
    expect(await opened.workbench.activeEditor()).toBe("shop.Dockerfile");
  });
  await quickInput.run("ECR: Build with Options…");
  await quickInput.waitForRow("Build workspace:latest");

  await enter("Target stage");
  await quickInput.waitForQuestion(/^Stage to build/);
  await opened.workbench.screenshot("options-3-target");
  expect(await quickInput.labels()).toEqual(["The last stage", "pack", "serve"]);
  expect((await quickInput.rows())[1]).toMatchObject({
    description: "FROM $BASE · line 5",
    detail: "Packs the shop",
  });
  await enter("pack");

  await enter("Build arguments");
  await quickInput.waitForQuestion(/^Build arguments/);
  expect((await quickInput.rows()).map(({ label, description }) => [label, description])).toEqual([
    ["Done", ""],
    ["BASE", "busybox:local, the default"],
    ["VERSION", "1.0, the default"],
    ["CHANNEL", "no default"],
    ["Set Another Argument…", ""],
  ]);
  await opened.workbench.screenshot("options-4-arguments");
  await enter("CHANNEL");
  await quickInput.waitForPrompt(/^Value of CHANNEL/);
  await page.keyboard.type("beta");
  await page.keyboard.press("Enter");
  await enter("Set Another Argument…");
  await quickInput.waitForPrompt(/^A build argument/);
  await page.keyboard.type("2=3");
  await quickInput.waitForPrompt(/does not start with a digit/);
  await page.keyboard.press("Enter");
  await opened.workbench.screenshot("options-5-invalid");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("EXTRA=3");
  await page.keyboard.press("Enter");
  await enter("Done");

  await enter("Build workspace:latest");
  await quickInput.waitForQuestion(/^Secrets/);
  await enter("npm");
  await enter("Environment Variable…");
  await quickInput.waitForPrompt(/^Name of the environment variable/);
  await page.keyboard.type("NOT_THERE");
  await quickInput.waitForPrompt(/^The environment variable NOT_THERE is not set\./);
  await opened.workbench.screenshot("options-6-variable");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("NPM_TOKEN");
  await page.keyboard.press("Enter");
  await enter("Done");

  await enter("Cache");
  await quickInput.waitForRow("Cache");
  await enter("Build workspace:latest", (row) => {
    expect(row.detail).toBe("stage pack · CHANNEL=beta, EXTRA=3 · secret npm · without cache");
  });
  await notifications.waitFor(/^workspace:latest is built/);
  expect((await readLogs(opened.userFolder)).join("\n")).toContain("packed 1.0 for beta");
});

test("the sheet opens as it was left, goes back everywhere and can be reset", async () => {
  const { explorer, quickInput } = opened.workbench;
  await explorer.choose("shop.Dockerfile", "Build with Options…");
  await quickInput.waitForRow("Build workspace:latest");
  await expectRows({
    "Target stage": "pack",
    "Build arguments": "CHANNEL=beta, EXTRA=3",
    Secrets: "npm from the variable NPM_TOKEN",
    Cache: "not used, every step runs",
  });
  await opened.workbench.screenshot("options-7-remembered");
  for (const row of [
    "Build arguments",
    "Secrets",
    "Target stage",
    "Platform",
    "Network",
    "Labels",
  ]) {
    if (row === "Labels") await quickInput.pick("More Options…");
    await quickInput.pick(row);
    await quickInput.waitForQuestion(/^(?!Options of this build)/);
    await quickInput.back();
    await quickInput.waitForQuestion(/^Options of this build/);
  }
  // The whole sheet is longer than the window shows; typing finds what is below.
  await quickInput.type("Reset");
  await quickInput.pick("Reset to Defaults");
  await expectRows({ "Target stage": "the last stage, serve", Cache: "used" });
  expect(await quickInput.labels()).not.toContain("Reset to Defaults");
  await quickInput.cancel();
});

test("the sheet can be read in every theme", async () => {
  const { workbench } = opened;
  for (const theme of ["light", "hcDark", "hcLight", "dark"] as const) {
    await workbench.switchTheme(theme);
    await workbench.explorer.choose("shop.Dockerfile", "Build with Options…");
    await workbench.quickInput.waitForRow("Build workspace:latest");
    await workbench.screenshot("options-sheet");
    await workbench.quickInput.pick("Build arguments");
    await workbench.quickInput.waitForQuestion(/^Build arguments/);
    await workbench.screenshot("options-arguments");
    await workbench.quickInput.cancel();
  }
});

test("a push with options by mouse remembers sources, and Again repeats it", async () => {
  const { workbench } = opened;
  const { page, explorer, quickInput, notifications } = workbench;
  await explorer.choose("shop.Dockerfile", "Push to ECR with Options…");
  await quickInput.waitForRow("Destination");
  await quickInput.pick("Target stage");
  await quickInput.pick("The last stage");
  await quickInput.pick("Secrets");
  await quickInput.pick("licence");
  await quickInput.pick("File…");
  await quickInput.waitForPrompt(/^Path of the file/);
  await quickInput.type("nowhere.txt");
  await quickInput.waitForPrompt(/^It does not exist\./);
  await quickInput.type("licence.txt");
  await quickInput.accept();
  await quickInput.pick("pin");
  await workbench.screenshot("options-8-source");
  await quickInput.pick("Type It…");
  await quickInput.waitForPrompt(/^Value of the secret pin/);
  await quickInput.type(canaries.typed);
  expect(await page.locator(".quick-input-widget input.input").first().getAttribute("type")).toBe(
    "password",
  );
  await workbench.screenshot("options-9-typed");
  await quickInput.accept();
  await quickInput.waitForQuestion(/^Secrets/);
  await workbench.screenshot("options-10-secrets");
  await quickInput.pick("Done");
  await quickInput.pick("Push team/shop:plain");
  await notifications.waitFor(/^team\/shop:plain is in ECR/);

  await explorer.choose("shop.Dockerfile", "Push to ECR Again");
  await quickInput.waitForPrompt(/^Value of the secret pin/);
  await quickInput.type("another");
  await quickInput.accept();
  await notifications.waitFor(/^The build failed at line 15/);
  await workbench.clearNotifications();
  await explorer.choose("shop.Dockerfile", "Push to ECR Again");
  await quickInput.waitForPrompt(/^Value of the secret pin/);
  await quickInput.type(canaries.typed);
  await quickInput.accept();
  await notifications.waitFor(/^team\/shop:plain (?:is|was already) in ECR/);

  await explorer.choose("shop.Dockerfile", "Push to ECR…");
  await quickInput.waitForRow("Change Options…");
  expect((await quickInput.rows())[0]?.detail).toContain("3 secrets");
  await workbench.screenshot("options-11-as-last-time");
  await quickInput.cancel();
});

test("no secret is in logs, files, settings, the window's storage or a command line", async () => {
  const { page } = opened.workbench;
  const places = [
    ...(await readLogs(opened.userFolder)),
    ...(await readTexts(opened.userFolder)),
    await page.evaluate<string>(storageText),
    ...(await commandLines()),
  ];
  expect(places.some((text) => text.includes("NPM_TOKEN"))).toBe(true);
  for (const text of places) {
    for (const canary of Object.values(canaries)) expect(text.includes(canary)).toBe(false);
  }
});

/** A shell test that a secret is this, without its words. */
function holds(id: string, value: string): string {
  const md5 = createHash("md5").update(value).digest("hex");
  return `test "$(md5sum < /run/secrets/${id})" = "${md5}  -"`;
}

/** Moves to a row with the arrow keys and takes it with Enter. */
async function enter(
  label: string,
  check: (row: { readonly detail: string }) => void = () => undefined,
): Promise<void> {
  const { page, quickInput } = opened.workbench;
  await quickInput.waitForRow(label);
  for (let moves = 0; (await quickInput.focused()) !== label; moves += 1) {
    if (moves > 30) throw new Error(`no arrow key leads to ${label}`);
    await page.keyboard.press("ArrowDown");
  }
  const row = (await quickInput.rows()).find((shown) => shown.label === label);
  if (row) check(row);
  await page.keyboard.press("Enter");
}

async function expectRows(expected: Readonly<Record<string, string>>): Promise<void> {
  await eventually(async () => {
    const rows = await opened.workbench.quickInput.rows();
    const found = Object.fromEntries(rows.map(({ label, description }) => [label, description]));
    expect(found).toMatchObject(expected);
  });
}

/** Reads all that VS Code has written, binary files as well. */
async function readTexts(folder: string): Promise<readonly string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    files
      .filter((file) => file.isFile())
      .map((file) => readFile(path.join(file.parentPath, file.name), "latin1")),
  );
}

async function commandLines(): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")));
}

/** All that the window keeps in the browser, where the server's VS Code has its workspace state. */
const storageText = `(async () => {
  const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
  const wait = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  for (const { name } of await indexedDB.databases()) {
    const database = await wait(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values = await wait(database.transaction(store).objectStore(store).getAll());
      texts.push(values.map((value) => typeof value === "string" ? value : value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value)).join("\\n"));
    }
    database.close();
  }
  return texts.join("\\n");
})()`;
