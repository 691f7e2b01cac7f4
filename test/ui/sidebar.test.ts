import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { RegistryClient } from "../contract/localEcr/registryClient.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { localRegion } from "../playground/writeAwsConfig.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { TreeView } from "./treeView.js";

let opened: OpenedWorkbench;
let contents: EcrContents;
let control: LocalEcrControl;
let tree: TreeView;
let registry: RegistryClient;
const many = "team/many-00001";

beforeAll(async () => {
  opened = await openWorkbench();
  contents = new EcrContents(opened.ecr.origin);
  control = new LocalEcrControl(opened.ecr.origin);
  await control.seed({ repositories: 1, images: 250, prefix: "team/many", region: localRegion });
  await contents.create("team/app", "MUTABLE");
  await contents.create("team/locked", "IMMUTABLE");
  await contents.create("team/new", "MUTABLE");
  registry = new RegistryClient(opened.ecr.origin, await contents.newPassword());
  const first = await registry.pushImage("team/app", "1.0.0", { layer: "a".repeat(4_000_000) });
  await registry.putManifest("team/app", "latest", first.manifest, ociManifest);
  const second = await registry.pushImage("team/app", "1.1.0", { layer: "b".repeat(40_000) });
  const arm = await registry.pushImage("team/app", undefined, { layer: "c".repeat(50_000) });
  await registry.pushIndex("team/app", "multi", [second, arm]);
  await registry.pushImage("team/app", undefined, { layer: "forgotten" });
  await registry.pushImage("team/locked", "2.0.0", { layer: "locked" });
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  await sidebar.unfold("Local Images");
  tree = sidebar.view("Registries");
});
afterAll(() => opened.close());
afterEach(() => control.reset());

const ociManifest = "application/vnd.oci.image.manifest.v1+json";

test("rows show repositories by name and images newest first, and say it in words", async () => {
  await tree.waitFor(many);
  await tree.expand("team/app");
  await tree.waitFor("1.0.0, latest");
  await tree.expand("team/locked");
  await tree.waitFor("2.0.0");
  await tree.expand("team/new");
  await tree.waitFor("No images yet");
  // What belongs together is known a moment after the rows are there.
  await eventually(async () => {
    expect(await tree.labels()).toHaveLength(11);
  });
  const rows = await tree.rows();
  const shown = rows.map(({ level, label, description }) => [level, label, mask(description)]);
  expect(shown).toEqual([
    [1, "local · eu-west-1", "1234-5678-9012"],
    [2, "team/app", ""],
    [3, "untagged", "SIZE · now · DIGEST"],
    [3, "multi", "multi · now · amd64 arm64"],
    [3, "1.1.0", "SIZE · now · DIGEST"],
    [3, "1.0.0, latest", "SIZE · now · DIGEST"],
    [2, "team/locked", "immutable"],
    [3, "2.0.0", "SIZE · now · DIGEST"],
    [2, many, ""],
    [2, "team/new", ""],
    [3, "No images yet", ""],
  ]);
  const spoken = rows.map(({ accessibleLabel }) => accessibleLabel);
  expect(spoken[0]).toBe("Registry local, eu-west-1");
  expect(spoken[1]).toBe("Repository team/app");
  expect(spoken[2]).toMatch(/^Image untagged, \d+ B, just now/);
  expect(spoken[3]).toMatch(/^Image multi, .*amd64 arm64/);
  expect(spoken[5]).toMatch(/^Image 1\.0\.0, latest, 4 MB, just now/);
  expect(spoken[6]).toBe("Repository team/locked, immutable tags");
  await opened.workbench.screenshotInAllThemes("sidebar-full");
});

test("an index opens to its platforms, which have the actions of images", async () => {
  await tree.expand("multi");
  await tree.waitFor("linux/arm64");
  const rows = (await tree.rows()).filter(({ level }) => level === 4);
  expect(rows.map(({ label, description }) => [label, mask(description)])).toEqual([
    ["linux/amd64", "SIZE · DIGEST"],
    ["linux/arm64", "SIZE · DIGEST"],
  ]);
  expect(rows[1]?.accessibleLabel).toMatch(/^Platform linux\/arm64, 50 kB/);
  expect(await tree.inlineActions("linux/arm64")).toEqual(["Copy Digest URI"]);
  await opened.workbench.screenshotInAllThemes("sidebar-index");
  await tree.click("multi");
});

test("the row of an untagged image is dimmed", async () => {
  const colour = (label: string): Promise<string> =>
    opened.workbench.page.evaluate<string>(
      "getComputedStyle([...document.querySelectorAll('.part.sidebar .label-name')]" +
        `.find((name) => name.textContent === ${JSON.stringify(label)})).color`,
    );
  expect(await colour("1.1.0")).toMatch(/^rgb/);
  expect(await colour("untagged")).not.toBe(await colour("1.1.0"));
});

test("each kind of row has its actions", async () => {
  const menuOf = async (label: string): Promise<readonly string[]> => {
    const labels = await tree.openMenu(label);
    await opened.workbench.menu.close();
    return labels;
  };
  expect(await menuOf("local · eu-west-1")).toEqual([
    "Choose Profile or Region…",
    "Add Registry…",
    "Read Registry Again",
    "Create Repository…",
  ]);
  expect(await tree.inlineActions("team/app")).toEqual(["Push Here…", "Copy Repository URI"]);
  expect(await menuOf("team/locked")).toEqual([
    "Show Repository",
    "Open Repository in AWS Console",
    "Push Here…",
    "Sort Images…",
    "Filter Images…",
    "Refresh Images",
    "Pin to Top",
    "Change Tag Rule…",
    "Edit Lifecycle Policy",
    "Preview Lifecycle Policy",
    "Clean Up Images…",
    "Copy Repository URI",
    "Copy Push Commands",
    "Copy Repository ARN",
    "Delete Repository…",
  ]);
  expect(await tree.inlineActions("1.1.0")).toEqual(["Copy Digest URI"]);
  expect(await menuOf("1.1.0")).toEqual([
    "Show Image Details",
    "Compare Images…",
    "Show Manifest",
    "Show Config",
    "Open Image in AWS Console",
    "Pull Image",
    "Tag Image in ECR…",
    "Remove Tag…",
    "Copy As",
    "Scan Image",
    "Archive Image…",
    "Delete Image…",
  ]);
  expect(await menuOf("untagged")).not.toContain("Remove Tag…");
  const images = opened.workbench.sidebar.view("Local Images");
  // A shared engine has more images than are drawn; the newest is on top.
  const [local = ""] = await images.labels();
  expect(await images.inlineActions(local)).toEqual([
    "Push Local Image…",
    "Remove Local Images… (Del)",
  ]);
  expect(await images.openMenu(local)).toEqual([
    "Push Local Image…",
    "Check Whether in ECR",
    "Tag Image…",
    "Copy Local Image Name",
    "Remove Local Images…",
  ]);
  await opened.workbench.menu.close();
});

test("tooltips are tables of what the row leaves out", async () => {
  expect(await tree.tooltip("team/locked")).toMatch(/URI.*team\/locked.*ARN.*Tags.*immutable/s);
  const digest = (await contents.digestOf("team/app", "1.1.0")) ?? "no digest";
  const tooltip = await tree.tooltip("1.1.0");
  for (const part of [digest, "40 kB", ociManifest, "Pushed"]) expect(tooltip).toContain(part);
  await opened.workbench.screenshot("sidebar-tooltip");
});

test("Push Here… asks from the tag on", async () => {
  const { quickInput } = opened.workbench;
  await tree.pressInline("team/app", "Push Here…");
  await quickInput.waitForRow("site/Dockerfile");
  await quickInput.pick("site/Dockerfile");
  await quickInput.waitForQuestion(/^Tags for team\/app/);
  await quickInput.cancel();
});

test("Refresh shows what others have pushed", async () => {
  await registry.pushImage("team/new", "9.9.9", { layer: "new" });
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await tree.waitFor("9.9.9");
  expect(await tree.labels()).not.toContain("No images yet");
});

test("a failure has a row that says it and leads to what to do", async () => {
  const { sidebar, notifications } = opened.workbench;
  await control.denyAction("ecr:DescribeRepositories");
  await sidebar.pressHeader("Registries", "Refresh Registries");
  const denied = /may not do ecr:DescribeRepositories/;
  await tree.waitFor(denied);
  expect(await tree.labels()).toHaveLength(2);
  await tree.click(denied);
  await notifications.waitFor(denied);
  expect(await notifications.buttons(denied)).toEqual([
    "Copy IAM Policy",
    "Copy for Admin",
    "Try Again",
    "Show Log",
  ]);
  await opened.workbench.screenshot("sidebar-failure");
  await control.reset();
  await notifications.press(denied, "Try Again");
  await tree.waitFor("team/app");
  expect((await tree.labels()).some((label) => denied.test(label))).toBe(false);
});

test("Load more… shows 250 images by the hundred, newest first", async () => {
  const { page } = opened.workbench;
  const expected = (await contents.images(many)).map(
    ({ imageTags = [] }) => imageTags.join(", ") || "untagged",
  );
  // Whatever was open before stands above; the row is read once all else is closed.
  await opened.workbench.sidebar.pressHeader("Registries", "Collapse All");
  await tree.expand("local · eu-west-1");
  await tree.expand(many);
  await eventually(async () => {
    const first = await imagesOnScreen();
    expect(first.length).toBeGreaterThan(10);
    expect(first).toEqual(expected.slice(0, first.length));
  });

  await tree.click(/^v\d+$/);
  for (const shown of [100, 200]) {
    await eventually(async () => {
      await page.keyboard.press("End");
      const more = (await tree.rows()).find(({ label }) => label === "Load more…");
      expect(more?.description).toBe(`${String(shown)} of 250`);
    });
    await opened.workbench.screenshot(`sidebar-load-more-${String(shown)}`);
    await tree.click("Load more…");
  }
  await eventually(async () => {
    await page.keyboard.press("End");
    const last = await imagesOnScreen();
    expect(last.length).toBeGreaterThan(10);
    expect(last).toEqual(expected.slice(-last.length));
  });
  expect(await tree.labels()).not.toContain("Load more…");
});

/** The labels of the image rows of the repository with many images, as far as they are drawn. */
async function imagesOnScreen(): Promise<readonly string[]> {
  const rows = (await tree.rows()).filter(({ level }) => level === 3);
  return rows.map(({ label }) => label);
}

/** Hides what differs from run to run. */
function mask(description: string): string {
  return description.replace(/^\d+ k?M?B/, "SIZE").replace(/[0-9a-f]{4}…[0-9a-f]{2}$/, "DIGEST");
}
