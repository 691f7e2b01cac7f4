import {
  ECRClient,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from "@aws-sdk/client-ecr";
import type { FrameLocator, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { RegistryClient } from "../contract/localEcr/registryClient.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

const HOSTILE = `<img src=x onerror="document.body.id='hacked'"><b>bold</b>`;
const REPOSITORY = "team/many-00001";
let opened: OpenedWorkbench;
let control: LocalEcrControl;
let client: ECRClient;
let page: FrameLocator;

beforeAll(async () => {
  opened = await openWorkbench();
  const { origin } = opened.ecr;
  control = new LocalEcrControl(origin);
  await control.seed({ repositories: 1, images: 450, prefix: "team/many", region: localRegion });
  const credentials = { accessKeyId: localAccount, secretAccessKey: "opens-nothing" };
  client = new ECRClient({ endpoint: origin, region: localRegion, credentials });
  const rule = (rulePriority: number, description: string, more: object): object => ({
    rulePriority,
    description,
    selection: { countType: "imageCountMoreThan", countNumber: 30, ...more },
    action: { type: "expire" },
  });
  const lifecyclePolicyText = JSON.stringify({
    rules: [
      rule(1, HOSTILE, { tagStatus: "tagged", tagPatternList: ["v1*"] }),
      rule(2, "Keep the last 30 images", { tagStatus: "any" }),
    ],
  });
  const put = { repositoryName: REPOSITORY, lifecyclePolicyText };
  await client.send(new PutLifecyclePolicyCommand(put));
  const pull = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];
  const policyText = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: pull },
      { Effect: "Allow", Principal: { AWS: "222222222222" }, Action: "ecr:PutImage" },
      {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: [...pull, "ecr:*Layer*", "ecr:PutImage"],
        Condition: { StringLike: { "aws:sourceArn": HOSTILE } },
      },
    ],
  });
  await client.send(new SetRepositoryPolicyCommand({ repositoryName: REPOSITORY, policyText }));
  const contents = new EcrContents(origin);
  await contents.create("team/small", "IMMUTABLE");
  const registry = new RegistryClient(origin, await contents.newPassword());
  const amd = await registry.pushImage("team/small", undefined, { layer: "a".repeat(60_000) });
  const arm = await registry.pushImage("team/small", undefined, { layer: "b".repeat(50_000) });
  await registry.pushIndex("team/small", "1.0.0", [amd, arm]);
  await registry.pushImage("team/small", undefined, { layer: "c".repeat(30_000) });
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  await sidebar.view("Registries").waitFor(REPOSITORY);
  page = opened.workbench.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
});
afterAll(() => opened.close());
afterEach(() => control.reset());

test("the page tells what a repository stores, its rules and who may use it", async () => {
  await show(REPOSITORY);
  expect(await waitUntilRead()).toBe("450 images.");
  expect(await headings()).toEqual([
    ...["Storage", "Pushes per Week", "Lifecycle Policy", "Repository Policy", "Scans", "Settings"],
  ]);
  const storage = await section("storage").innerText();
  expect(storage).toContain("405 images");
  expect(storage).toContain("45 images");
  await section("storage").getByText("As a table").click();
  expect(await section("storage").locator("details tr").count()).toBe(27);
  const rules = await rowsOf(section("lifecycle"));
  expect(rules[0]).toEqual(["1", "images tagged v1*", "all but the newest 30", "expire", HOSTILE]);
  const access = await section("access").innerText();
  expect(access).toContain("Everyone with an AWS account may pull.");
  expect(access).toContain("Account 222222222222 may do a part of a push only");
  const who = await rowsOf(section("access"));
  expect(who.map(([name, push, pull]) => [name, push, pull])).toEqual([
    ["Everyone with an AWS account", "no", "yes"],
    ["Account 222222222222", "in part", "yes"],
    ["lambda.amazonaws.com", "with conditions", "yes"],
  ]);
  expect(await section("settings").innerText()).toContain("Mutable: they can move");
  await opened.workbench.screenshotInAllThemes("repository-1-page");
});

test("what comes from the registry is text and nothing else", async () => {
  expect(await page.locator("body").innerText()).toContain(HOSTILE);
  expect(await page.locator("img, b").count()).toBe(0);
  expect(await page.locator("#hacked").count()).toBe(0);
});

test("the policy is tried out on a button, and the images that it would meet are listed", async () => {
  await section("lifecycle").getByRole("button", { name: "Preview What Would Expire" }).click();
  await section("lifecycle")
    .getByText(/images \(.+ GB\) would expire\./)
    .waitFor();
  const table = section("lifecycle").locator(".table").nth(1);
  await table.locator("tbody tr").first().waitFor();
  expect(await table.locator("tbody tr").count()).toBe(200);
  expect(await table.innerText()).toMatch(/200 of \d+ are shown/);
  await table.getByRole("button", { name: /Size/ }).press("Enter");
  await scrollTo("lifecycle");
  await opened.workbench.screenshotInAllThemes("repository-2-preview");
});

test("a part that is not allowed names its action, and the others are there", async () => {
  await control.denyAction("ecr:GetRepositoryPolicy");
  await control.denyAction("ecr:BatchGetRepositoryScanningConfiguration");
  await page.getByRole("button", { name: "Refresh" }).click();
  await eventually(async () => {
    expect(await section("access").innerText()).toContain("ecr:GetRepositoryPolicy");
  });
  expect(await waitUntilRead()).toBe("450 images.");
  expect(await section("access").innerText()).toContain("Copy IAM Policy");
  expect(await section("scans").innerText()).toContain(
    "ecr:BatchGetRepositoryScanningConfiguration",
  );
  expect(await rowsOf(section("lifecycle"))).not.toHaveLength(0);
  await scrollTo("access");
  await opened.workbench.screenshot("repository-3-denied");
});

test("the keyboard is enough, and nothing is cut off in a narrow window", async () => {
  const { page: window } = opened.workbench;
  // Half the width is what 200 % of zoom leaves.
  await window.setViewportSize({ width: 640, height: 800 });
  await page.getByRole("button", { name: "Refresh" }).focus();
  await window.keyboard.press("Tab");
  await eventually(async () => {
    expect(await page.locator("button:focus").innerText()).toBe("Clean Up Images…");
  });
  const [wide, visible] = await page
    .locator("html")
    .evaluate((html: { scrollWidth: number; clientWidth: number }) => [
      html.scrollWidth,
      html.clientWidth,
    ]);
  expect(wide).toBeLessThanOrEqual(visible);
  await opened.workbench.screenshot("repository-4-narrow");
  await window.setViewportSize({ width: 1280, height: 800 });
});

test("platforms are told from untagged images, and a repository without policies says so", async () => {
  await opened.workbench.quickInput.run("View: Close All Editors");
  await show("team/small");
  expect(await waitUntilRead()).toBe("4 images.");
  const storage = await section("storage").innerText();
  expect(storage).toMatch(/Platforms of tagged images\s+2 images/);
  expect(storage).toMatch(/Untagged\s+1 image ·/);
  expect(await section("lifecycle").innerText()).toContain("Add Lifecycle Policy");
  expect(await section("access").innerText()).toContain("No repository policy.");
  expect(await section("settings").innerText()).toContain("Immutable: they can't move");
  await opened.workbench.screenshotInAllThemes("repository-5-small");
});

async function show(repository: string): Promise<void> {
  await opened.workbench.sidebar.view("Registries").choose(repository, "Show Repository");
  await page.getByRole("heading", { level: 1, name: repository }).waitFor({ timeout: 60_000 });
}

/** Waits until nothing is read any more; returns what is said at the top. */
async function waitUntilRead(): Promise<string> {
  await page.locator("body[aria-busy=false]").waitFor({ timeout: 60_000 });
  return await page.locator("#summary").innerText();
}

function section(id: string): Locator {
  return page.locator(`section#${id}`);
}

async function headings(): Promise<readonly string[]> {
  const names = await page.getByRole("heading", { level: 2 }).locator("bdi").allInnerTexts();
  return names.map((name) => name.trim());
}

/** The cells of a section's first table. */
async function rowsOf(place: Locator): Promise<readonly (readonly string[])[]> {
  const rows = await place.locator(".table").first().locator("tbody tr").all();
  return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
}

async function scrollTo(id: string): Promise<void> {
  await section(id).evaluate((element: { scrollIntoView(): void }) => {
    element.scrollIntoView();
  });
}
