import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { RegistryClient } from "../contract/localEcr/registryClient.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { localRegion } from "../playground/writeAwsConfig.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { ThemeName } from "./themes.js";
import type { TreeView } from "./treeView.js";

let opened: OpenedWorkbench;
let contents: EcrContents;
let control: LocalEcrControl;
let registry: RegistryClient;
let tree: TreeView;
const many = "team/many-00001";

beforeAll(async () => {
  opened = await openWorkbench();
  contents = new EcrContents(opened.ecr.origin);
  control = new LocalEcrControl(opened.ecr.origin);
  await control.seed({ repositories: 1, images: 2500, prefix: "team/many", region: localRegion });
  await control.seed({ repositories: 40, images: 3, prefix: "zoo/svc", region: localRegion });
  await contents.create("team/app", "MUTABLE");
  registry = new RegistryClient(opened.ecr.origin, await contents.newPassword());
  for (const [tag, size] of Object.entries(sizes)) {
    await registry.pushImage("team/app", tag, { layer: tag.padEnd(size, "x") });
  }
  await opened.workbench.sidebar.open("ECR");
  tree = opened.workbench.sidebar.view("Registries");
  await tree.waitFor("team/app");
});
afterAll(() => opened.close());
afterEach(() => control.reset());

/** Tags and how large their images are, in the order of their pushes. */
const sizes = {
  "1.10.0": 30_000,
  "1.9.0": 90_000,
  "1.10.0-rc.1": 10_000,
  a1b2c3d: 60_000,
  "latest-nightly": 20_000,
};

async function imagesShown(): Promise<readonly string[]> {
  const rows = (await tree.rows()).filter(({ level }) => level === 3);
  return rows.map(({ label }) => label);
}

async function waitForImages(expected: readonly string[]): Promise<void> {
  await eventually(async () => {
    expect(await imagesShown()).toEqual(expected);
  });
}

async function chooseOrder(order: string): Promise<void> {
  const { quickInput } = opened.workbench;
  await tree.choose("team/app", "Sort Images…");
  await quickInput.waitForRow(order);
  await quickInput.pick(order);
}

test("images come in the order that somebody chooses, and stay in it", async () => {
  await tree.expand("team/app");
  await waitForImages(Object.keys(sizes).toReversed());
  await chooseOrder("By Tag");
  await waitForImages(["1.9.0", "1.10.0-rc.1", "1.10.0", "a1b2c3d", "latest-nightly"]);
  const row = (await tree.rows()).find(({ label }) => label === "team/app");
  expect(row).toMatchObject({
    description: "by tag",
    accessibleLabel: "Repository team/app, by tag",
  });
  await opened.workbench.screenshotInAllThemes("images-by-tag");
  await chooseOrder("Largest First");
  await waitForImages(["1.9.0", "a1b2c3d", "1.10.0", "latest-nightly", "1.10.0-rc.1"]);
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await eventually(async () => {
    expect((await tree.rows()).map(({ label }) => label)).toContain("latest-nightly");
  });
  await waitForImages(["1.9.0", "a1b2c3d", "1.10.0", "latest-nightly", "1.10.0-rc.1"]);
  await chooseOrder("Newest First");
  await waitForImages(Object.keys(sizes).toReversed());
});

test("a filter shows what fits, can be changed and cleared", async () => {
  const { quickInput } = opened.workbench;
  await tree.choose("team/app", "Filter Images…");
  await quickInput.type("1.10");
  await quickInput.accept();
  await waitForImages(["Filter: 1.10", "1.10.0-rc.1", "1.10.0"]);
  const [filter] = (await tree.rows()).filter(({ label }) => label.startsWith("Filter"));
  expect(filter).toMatchObject({
    description: "2 of 5",
    accessibleLabel: "Filter 1.10, 2 of 5 images",
  });
  await opened.workbench.screenshotInAllThemes("images-filtered");
  await tree.pressInline("Filter: 1.10", "Clear Image Filter");
  await waitForImages(Object.keys(sizes).toReversed());
});

test("refreshing keeps rows, selection and what is open", async () => {
  const { page } = opened.workbench;
  await tree.click("1.9.0");
  await registry.pushImage("team/app", "2.0.0", { layer: "new" });
  const selected = page.locator(".part.sidebar .monaco-list-row.selected .label-name");
  await control.latency(700);
  await tree.choose("team/app", "Refresh Images");
  // While ECR is slow to answer, the old rows stay.
  expect(await imagesShown()).toEqual(Object.keys(sizes).toReversed());
  await waitForImages(["2.0.0", ...Object.keys(sizes).toReversed()]);
  expect(await selected.allInnerTexts()).toEqual(["1.9.0"]);
  await control.latency(0);
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await waitForImages(["2.0.0", ...Object.keys(sizes).toReversed()]);
  expect(await selected.allInnerTexts()).toEqual(["1.9.0"]);
});

test("rows stay when ECR can't be read any more, below the reason", async () => {
  await control.denyAction("ecr:DescribeImages");
  await tree.choose("team/app", "Refresh Images");
  const denied = /may not do ecr:DescribeImages/;
  await tree.waitFor(denied);
  const shown = await imagesShown();
  expect(shown[0]).toMatch(denied);
  expect(shown.slice(1)).toEqual(["2.0.0", ...Object.keys(sizes).toReversed()]);
  await opened.workbench.screenshot("images-failure");
  await control.reset();
  await tree.choose("team/app", "Refresh Images");
  await waitForImages(["2.0.0", ...Object.keys(sizes).toReversed()]);
});

test("Find Image… finds by repository, tag and digest in what nobody has opened", async () => {
  const { quickInput, sidebar } = opened.workbench;
  for (const theme of ["light", "hcDark", "hcLight", "dark"] satisfies ThemeName[]) {
    // A list of VS Code closes when the theme changes.
    await opened.workbench.switchTheme(theme);
    await sidebar.pressHeader("Registries", "Find Image…");
    await quickInput.waitForQuestion(/^Repository, tag, digest/);
    await quickInput.type("svc-00033:v2");
    await quickInput.waitForRow("v2");
    await opened.workbench.screenshot("images-find");
    if (theme !== "dark") await quickInput.cancel();
  }
  await quickInput.accept();
  await eventually(async () => {
    const rows = opened.workbench.page.locator(".part.sidebar .monaco-list-row.selected");
    expect(await rows.locator(".label-name").allInnerTexts()).toEqual(["v2"]);
  });
});

test("an image far down is shown where it was found", async () => {
  const { quickInput, sidebar, page } = opened.workbench;
  const oldest = (await contents.images(many)).at(-1);
  const digest = oldest?.imageDigest ?? "";
  await sidebar.pressHeader("Registries", "Find Image…");
  await quickInput.waitForQuestion(/^Repository, tag, digest/);
  await quickInput.type(digest.slice(0, 20));
  const label = oldest?.imageTags?.join(", ") ?? "untagged";
  await quickInput.waitForRow(label);
  await quickInput.accept();
  await eventually(async () => {
    const rows = page.locator(".part.sidebar .monaco-list-row.selected");
    expect(await rows.locator(".label-name").allInnerTexts()).toEqual([label]);
  });
  const labels = await tree.labels();
  expect(labels[labels.indexOf(label) + 1]).toBe("Load more…");
  await opened.workbench.screenshot("images-found");
});
