import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { answerPushQuestions } from "./answerPushQuestions.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { SetupPage } from "./setupPage.js";

const HOSTILE = `<img src=x onerror="document.body.id='hacked'"><b>bold</b>`;
const LOGIN = "kim:secret-of-kim";

let opened: OpenedWorkbench;
let control: LocalEcrControl;
let page: SetupPage;

beforeAll(async () => {
  const settings = { "http.proxySupport": "off" };
  opened = await openWorkbench({ settings, env: { HTTP_PROXY: `http://${LOGIN}@127.0.0.1:9` } });
  control = new LocalEcrControl(opened.ecr.origin);
  page = new SetupPage(opened.workbench);
});
afterAll(() => opened.close());
afterEach(() => control.reset());

test("a window that has pushed nothing shows engine and account, with a tick each", async () => {
  await opened.workbench.quickInput.run("ECR: Check My Setup");
  expect(await page.waitUntilDone()).toBe("Nothing stands against a push.");
  const rows = await page.rows();
  expect([...rows.keys()]).toEqual([
    ...["Docker Engine", "BuildKit", "Free disk of the engine"],
    ...["Identity and account", "AWS session", "Login token", "Clock", "Proxy and certificates"],
  ]);
  expect(rows.get("Identity and account")).toEqual({
    title: "Fine: Identity and account",
    state: "ok",
    text: expect.stringMatching(
      /^arn:aws:\S+ in account 123456789012, region eu-west-1, by profile local\.$/,
    ) as string,
    buttons: [],
  });
  expect(rows.get("Proxy and certificates")?.text).toContain("http://127.0.0.1:9");
  await opened.workbench.screenshotInAllThemes("setup-1-fine");
});

test("what AWS says is text and nothing else, and is said once", async () => {
  await control.failOperation("GetCallerIdentity", "OddException", HOSTILE, 400, 10);
  await page.press("Check Again");
  await eventually(async () => {
    expect((await page.rows()).get("Identity and account")?.state).toBe("failed");
  });
  expect(await page.waitUntilDone()).toBe("1 thing to fix.");
  expect((await page.rows()).get("Identity and account")?.text).toContain(HOSTILE);
  await opened.workbench.screenshot("setup-2-hostile");
  expect(await page.frame.locator("img, b").count()).toBe(0);
  expect(await page.frame.locator("#hacked").count()).toBe(0);
});

test("the text for a report says the same, and holds no password", async () => {
  await page.press("Check Again");
  await page.waitUntilDone();
  await page.press("Copy as Text");
  await eventually(async () => {
    const copied = await opened.workbench.clipboardText();
    expect(copied).toMatch(/^Push to ECR \d+\.\d+\.\d+\n/);
    expect(copied).toContain("## AWS\n- Fine: Identity and account. arn:aws:");
    expect(copied).not.toContain("secret-of-kim");
  });
});

test("the lines of the next push offer what mends it", async () => {
  const { explorer, notifications, quickInput } = opened.workbench;
  await explorer.expand("site");
  await explorer.choose("Dockerfile", "Push to ECR…");
  await answerPushQuestions(opened.workbench, {
    repository: "team/locked",
    create: "Immutable tags",
    tag: "1.0.0",
    context: "workspace/site",
  });
  await notifications.waitFor(/is in ECR/);
  await opened.workbench.clearNotifications();
  await control.denyAction("ecr:InitiateLayerUpload");
  await quickInput.run("ECR: Check My Setup");
  await eventually(async () => {
    expect((await page.rows()).get("Right to push")?.state).toBe("failed");
  });
  expect(await page.waitUntilDone()).toBe("2 things to fix.");
  const rows = await page.rows();
  expect(rows.get("Repository")).toMatchObject({
    state: "ok",
    text: "team/locked is there. Its tags can't move.",
  });
  expect(rows.get("Tags")).toMatchObject({
    state: "failed",
    text: "team/locked:1.0.0 exists and its tag can't move. 1.0.1 is free.",
    buttons: ["Pick Another Tag"],
  });
  expect(rows.get("Right to push")?.text).toContain("ecr:InitiateLayerUpload");
  expect(rows.get("Right to push")?.buttons).toContain("Copy IAM Policy");
  expect(rows.get("Platform")?.text).toBe("linux/amd64, to run on Fargate, ECS or EKS on x86-64.");
  expect(rows.get("Build context")?.state).toBe("ok");
  await opened.workbench.screenshotInAllThemes("setup-3-to-fix");

  await page.press("Copy IAM Policy");
  await eventually(async () => {
    expect(await opened.workbench.clipboardText()).toContain('"ecr:InitiateLayerUpload"');
  });
  await page.press("Pick Another Tag");
  await quickInput.waitForQuestion(/^Push as last time/);
  await quickInput.cancel();
});

test("the keyboard is enough, and nothing is cut off in a narrow window", async () => {
  const { page: window } = opened.workbench;
  // Half the width is what 200 % of zoom leaves.
  await window.setViewportSize({ width: 640, height: 800 });
  const again = page.frame.getByRole("button", { name: "Check Again" });
  await again.focus();
  await window.keyboard.press("Tab");
  await eventually(async () => {
    expect(await page.frame.locator("button:focus").innerText()).toBe("Copy as Text");
  });
  await window.keyboard.press("Tab");
  await eventually(async () => {
    expect(await page.frame.locator("button:focus").innerText()).toBe("Pick Another Tag");
  });
  const width = await page.frame
    .locator("html")
    .evaluate((html: { scrollWidth: number; clientWidth: number }) => [
      html.scrollWidth,
      html.clientWidth,
    ]);
  expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0);
  await opened.workbench.screenshot("setup-4-narrow");
});
