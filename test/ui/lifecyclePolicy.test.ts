import {
  ECRClient,
  GetLifecyclePolicyCommand,
  PutLifecyclePolicyCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { Dialog } from "./dialog.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

const REPOSITORY = "team/many-00001";
let opened: OpenedWorkbench;
let control: LocalEcrControl;
let client: ECRClient;
let dialog: Dialog;

beforeAll(async () => {
  opened = await openWorkbench();
  control = new LocalEcrControl(opened.ecr.origin);
  await control.seed({ repositories: 1, images: 150, prefix: "team/many", region: localRegion });
  const credentials = { accessKeyId: localAccount, secretAccessKey: "opens-nothing" };
  client = new ECRClient({ endpoint: opened.ecr.origin, region: localRegion, credentials });
  dialog = new Dialog(opened.workbench.page);
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  await sidebar.view("Registries").waitFor(REPOSITORY);
});
afterAll(() => opened.close());
afterEach(() => control.reset());

const keep = (countNumber: number): string =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
        action: { type: "expire" },
      },
    ],
  });

test("a repository without a policy gets one to begin with, which says what it would do", async () => {
  await choose("Edit Lifecycle Policy");
  await eventually(async () => {
    expect(await editorText()).toContain("Keep the last 30 images");
  });
  expect(await opened.workbench.activeEditor()).toBe("many-00001.ecr-lifecycle.json");
  await save();
  const asked = await dialog.waitFor(/^108 images \(\d+ MB\) would expire\.$/);
  expect(asked).toContain("and 103 more");
  expect(asked.join(" ")).toContain("Expired images can't be restored.");
  await opened.workbench.screenshot("lifecycle-1-asked");
  await dialog.press("Cancel");
  expect(await policy()).toBeUndefined();
  await opened.workbench.notifications.waitFor(/The policy on AWS is as it was\./);
  await opened.workbench.clearNotifications();
  await save();
  await dialog.waitFor(/would expire/);
  await dialog.press("Put Policy");
  await eventually(async () => {
    expect(await policy()).toContain("Keep the last 30 images");
  });
});

test("what is typed is checked against the schema and between the rules", async () => {
  await type(
    `{"rules":[${keep(3).slice(10, -2)},${keep(4).slice(10, -2).replace("expire", "expires")}]}`,
  );
  const { page, quickInput } = opened.workbench;
  await quickInput.run("Problems: Focus on Problems View");
  const problems = page.locator(".markers-panel");
  await eventually(async () => {
    const text = (await problems.innerText()).replaceAll("\u00a0", " ");
    expect(text).toContain("Another rule has this priority already.");
    expect(text).toContain("Value is not accepted");
  });
  await opened.workbench.screenshotInAllThemes("lifecycle-2-problems");
  await quickInput.run("View: Hide Panel");
});

test("what ECR does not take is said, and the document keeps it", async () => {
  await type('{ "rules": [ { "rulePriority": 1 } ] }'.padEnd(120));
  await save();
  await opened.workbench.notifications.waitFor(/ECR does not take this lifecycle policy/);
  await opened.workbench.clearNotifications();
  expect(await policy()).toContain("Keep the last 30 images");
});

test("a policy that changed on AWS meanwhile is not overwritten unasked", async () => {
  const lifecyclePolicyText = keep(77);
  const put = { repositoryName: REPOSITORY, lifecyclePolicyText };
  await client.send(new PutLifecyclePolicyCommand(put));
  await type(keep(149));
  await save();
  const now = await dialog.waitFor(/was changed on AWS meanwhile\.$/);
  expect(now.join(" ")).toContain('"countNumber":77');
  await opened.workbench.screenshot("lifecycle-3-changed");
  await dialog.press("Cancel");
  await opened.workbench.clearNotifications();
  expect(await policy()).toBe(lifecyclePolicyText);
  await save();
  await dialog.waitFor(/was changed on AWS meanwhile/);
  await dialog.press("Overwrite");
  await dialog.waitFor(/^1 image \(.+\) would expire\.$/);
  await dialog.press("Put Policy");
  await eventually(async () => {
    expect(await policy()).toBe(keep(149));
  });
});

test("who may not try a policy out is told so, and may put it all the same", async () => {
  await control.denyAction("ecr:StartLifecyclePolicyPreview");
  await type(keep(140));
  await save();
  const why = await dialog.waitFor(/unseen\?$/);
  expect(why.join(" ")).toContain("takes ecr:StartLifecyclePolicyPreview.");
  await dialog.press("Put Policy");
  await eventually(async () => {
    expect(await policy()).toBe(keep(140));
  });
});

test("what VS Code saves by itself is put only when somebody saves by hand", async () => {
  const { page, quickInput } = opened.workbench;
  const before = await policy();
  // AWS has a policy a moment before VS Code hears that it was saved.
  await page.locator(".part.editor .tab.active:not(.dirty)").waitFor();
  await quickInput.run("File: Toggle Auto Save");
  await type(keep(139));
  await page.locator(".part.editor .tab.active:not(.dirty)").waitFor();
  expect(await policy()).toBe(before);
  await save();
  await dialog.waitFor(/^11 images \(.+\) would expire\.$/);
  await dialog.press("Cancel");
  await opened.workbench.notifications.waitFor(/The policy on AWS is as it was\./);
  await opened.workbench.clearNotifications();
  expect(await policy()).toBe(before);
  await quickInput.run("File: Toggle Auto Save");
  await type(before ?? "");
  await save();
  await page.locator(".part.editor .tab.active:not(.dirty)").waitFor();
});

test("the images that the policy would meet are listed by themselves", async () => {
  await choose("Preview Lifecycle Policy");
  const { quickInput } = opened.workbench;
  await quickInput.waitForTitle(/^10 images \(.+\) would expire\.$/);
  const rows = await quickInput.rows();
  expect(rows.length).toBeGreaterThan(5);
  expect(rows[0]?.description).toMatch(/ MB · .+ · rule 1$/);
  await opened.workbench.screenshot("lifecycle-4-preview");
  await quickInput.cancel();
});

test("deleting the policy is asked, and leaves the images", async () => {
  const { quickInput } = opened.workbench;
  await quickInput.run("ECR: Delete Lifecycle Policy…");
  await dialog.waitFor("Delete the lifecycle policy of team/many-00001?");
  await dialog.press("Delete Policy");
  await eventually(async () => {
    expect(await policy()).toBeUndefined();
  });
});

async function choose(entry: string): Promise<void> {
  await opened.workbench.sidebar.view("Registries").choose(REPOSITORY, entry);
}

/** The policy that AWS has. */
async function policy(): Promise<string | undefined> {
  const get = new GetLifecyclePolicyCommand({ repositoryName: REPOSITORY });
  return client.send(get).then(
    ({ lifecyclePolicyText }) => lifecyclePolicyText,
    () => undefined,
  );
}

/** The lines of the document that are on screen. */
async function editorText(): Promise<string> {
  const lines = opened.workbench.page.locator(".part.editor .view-lines").first();
  return (await lines.innerText()).replaceAll("\u00a0", " ");
}

/** Replaces all that the document holds. */
async function type(text: string): Promise<void> {
  const { page } = opened.workbench;
  await page.locator(".part.editor .view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

async function save(): Promise<void> {
  const { page } = opened.workbench;
  await page.locator(".part.editor .view-lines").first().click();
  await page.keyboard.press("ControlOrMeta+S");
}
