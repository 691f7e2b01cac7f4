import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { RegistryClient } from "../contract/localEcr/registryClient.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { Dialog } from "./dialog.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { TreeView } from "./treeView.js";

let opened: OpenedWorkbench;
let contents: EcrContents;
let control: LocalEcrControl;
let registry: RegistryClient;
let tree: TreeView;
let dialog: Dialog;
const repository = "team/app";

beforeAll(async () => {
  opened = await openWorkbench();
  contents = new EcrContents(opened.ecr.origin);
  control = new LocalEcrControl(opened.ecr.origin);
  dialog = new Dialog(opened.workbench.page);
  await contents.create(repository, "MUTABLE");
  registry = new RegistryClient(opened.ecr.origin, await contents.newPassword());
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  tree = sidebar.view("Registries");
  await tree.expand("local · eu-west-1");
});
afterAll(() => opened.close());

beforeEach(async () => {
  await contents.delete(repository);
  await contents.create(repository, "MUTABLE");
  const amd64 = await registry.pushImage(repository, undefined, { layer: "a".repeat(40_000) });
  const arm64 = await registry.pushImage(repository, undefined, { layer: "b".repeat(50_000) });
  await registry.pushIndex(repository, "multi", [amd64, arm64]);
  await registry.pushImage(repository, "1.0.0", { layer: "one" });
  await registry.pushImage(repository, "1.1.0", { layer: "two" });
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await tree.expand(repository);
  await eventually(async () => {
    expect(await imageRows()).toEqual(["1.1.0", "1.0.0", "multi"]);
  });
});
afterEach(async () => {
  await control.reset();
  await opened.workbench.clearNotifications();
});

/** The rows of the repository's images, as they stand. */
async function imageRows(): Promise<readonly string[]> {
  const rows = (await tree.rows()).filter(({ level }) => level === 3);
  return rows.map(({ label }) => label);
}

/** Waits until the tree and ECR have these images, and no others. */
async function waitForImages(labels: readonly string[], count: number): Promise<void> {
  await eventually(async () => {
    expect(await imageRows()).toEqual(labels);
    expect(await contents.images(repository)).toHaveLength(count);
  });
}

test("F2 gives an image a further tag, and asks before one moves", async () => {
  const { page, quickInput } = opened.workbench;
  const one = await contents.digestOf(repository, "1.0.0");
  await tree.select("1.0.0");
  await page.keyboard.press("F2");
  await quickInput.waitForPrompt(/A further tag for team\/app:1\.0\.0/);
  await quickInput.type("1.0.0");
  await quickInput.waitForPrompt(/has this tag already/);
  await quickInput.type(".dot");
  await quickInput.waitForPrompt(/does not start with \./);
  await quickInput.type("stable");
  await opened.workbench.screenshot("manage-tag");
  await quickInput.accept();
  await tree.waitFor("1.0.0, stable");
  expect(await contents.digestOf(repository, "stable")).toBe(one);

  // The arrow keys move the focus, and leave the selection where it was.
  await tree.select("1.1.0");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("F2");
  await quickInput.waitForPrompt(/A further tag for team\/app:multi/);
  await quickInput.type("stable");
  await quickInput.accept();
  const lines = await dialog.waitFor("Move the tag stable of team/app?");
  expect(lines.join(" ")).toMatch(/It names sha256:\w{4}….*The other image stays, with 1\.0\.0\./);
  await opened.workbench.screenshot("manage-move-tag");
  await dialog.press("Move Tag");
  await tree.waitFor("multi, stable");
  expect(await contents.digestOf(repository, "stable")).toBe(
    await contents.digestOf(repository, "multi"),
  );
});

test("a tag that can't move is refused before anything is asked of ECR", async () => {
  const { page, quickInput } = opened.workbench;
  await contents.changeTags(repository, "IMMUTABLE");
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await eventually(async () => {
    expect((await tree.rows()).some(({ description }) => description === "immutable")).toBe(true);
  });
  await tree.select("1.0.0");
  await page.keyboard.press("F2");
  await quickInput.type("1.1.0");
  await quickInput.accept();
  await quickInput.waitForPrompt(/1\.1\.0 names another image and can't move\./);
  expect(await quickInput.value()).toBe("1.1.0");
  await quickInput.accept();
  await quickInput.waitForPrompt(/Another image has this tag, and it can't move/);
  await quickInput.cancel();
  const puts = (await control.requests()).filter(({ operation }) => operation === "PutImage");
  expect(puts.every(({ status }) => status !== 400)).toBe(true);
});

test("Remove Tag… leaves the image, and says that the last tag takes it along", async () => {
  const { quickInput } = opened.workbench;
  const one = (await contents.digestOf(repository, "1.0.0")) ?? "";
  await tree.select("1.0.0");
  await opened.workbench.page.keyboard.press("F2");
  await quickInput.type("stable");
  await quickInput.accept();
  await tree.waitFor("1.0.0, stable");
  await tree.choose("1.0.0, stable", "Remove Tag…");
  await quickInput.pick("stable");
  await dialog.waitFor("Remove the tag stable of team/app?");
  await dialog.press("Remove Tag");
  await waitForImages(["1.1.0", "1.0.0", "multi"], 5);
  await tree.choose("1.0.0", "Remove Tag…");
  await dialog.waitFor("team/app:1.0.0 is the only tag of its image.");
  await opened.workbench.screenshot("manage-last-tag");
  await dialog.press("Delete Image…");
  await dialog.waitFor("Delete team/app:1.0.0?");
  await dialog.cancel();
  expect(await contents.digestOf(repository, "1.0.0")).toBe(one);
});

test("Delete takes an index with its platforms, and says so before", async () => {
  await tree.select("multi");
  await opened.workbench.page.keyboard.press("Delete");
  const lines = await dialog.waitFor("Delete team/app:multi?");
  expect(lines).toContain("What belongs to it goes too: 2 (platforms, attestations, signatures).");
  expect(lines.at(-1)).toBe("Deleted images can't be brought back.");
  await opened.workbench.screenshot("manage-delete");
  await dialog.press("Delete");
  await opened.workbench.notifications.waitFor("multi of team/app deleted.");
  await waitForImages(["1.1.0", "1.0.0"], 2);
});

test("a platform stays while its index does, which is said without a question", async () => {
  await tree.expand("multi");
  await tree.waitFor("linux/arm64");
  await tree.choose("linux/arm64", "Delete Image…");
  await opened.workbench.notifications.waitFor(/stays: it belongs to the index sha256:/);
  expect(await contents.images(repository)).toHaveLength(5);
  await tree.click("multi");
});

test("several images are deleted together, and one that stays says why", async () => {
  const { page, notifications, quickInput } = opened.workbench;
  // Somebody makes an index of two images after the rows were read.
  const two = (await contents.digestOf(repository, "1.1.0")) ?? "";
  const one = (await contents.digestOf(repository, "1.0.0")) ?? "";
  await tree.select("1.1.0", "1.0.0", "multi");
  await page.keyboard.press("Delete");
  const lines = await dialog.waitFor("Delete 3 images of team/app?");
  expect(lines.slice(0, 3).map((line) => line.replace(/ · .*/, ""))).toEqual([
    "1.1.0",
    "1.0.0",
    "multi",
  ]);
  await opened.workbench.screenshot("manage-delete-several");
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: [one, two].map((digest) => ({
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest,
      size: 1,
      platform: { os: "linux", architecture: "amd64" },
    })),
  });
  await registry.putManifest(repository, "late", text, "application/vnd.oci.image.index.v1+json");
  await dialog.press("Delete 3 Images");
  await notifications.waitFor(/multi of team\/app deleted\. ECR kept 2\./);
  await notifications.press(/ECR kept 2/, "Show Why");
  const rows = await quickInput.rows();
  expect(rows.map(({ label }) => label).sort()).toEqual(["1.0.0", "1.1.0"]);
  for (const { detail } of rows) expect(detail).toMatch(/It belongs to the index sha256:/);
  await opened.workbench.screenshot("manage-kept");
  await quickInput.cancel();
  await waitForImages(["late", "1.1.0", "1.0.0"], 3);
});

test("an image that somebody else deleted is said to be gone, and its row goes", async () => {
  await contents.deleteImage(repository, "1.0.0");
  await tree.select("1.0.0");
  await opened.workbench.page.keyboard.press("Delete");
  await opened.workbench.notifications.waitFor("1.0.0 is not there any more.");
  await waitForImages(["1.1.0", "multi"], 4);
});

test("a missing right is named, with nothing gone", async () => {
  await control.denyAction("ecr:BatchDeleteImage");
  await tree.select("1.0.0");
  await opened.workbench.page.keyboard.press("Delete");
  await dialog.waitFor("Delete team/app:1.0.0?");
  await dialog.press("Delete");
  await opened.workbench.notifications.waitFor(/may not do ecr:BatchDeleteImage/);
  expect(await contents.images(repository)).toHaveLength(5);
});

test("Archive puts an image away and Restore brings it back", async () => {
  await tree.choose("1.0.0", "Archive Image…");
  await dialog.waitFor("Archive team/app:1.0.0?");
  await dialog.press("Archive");
  await eventually(async () => {
    const row = (await tree.rows()).find(({ label }) => label === "1.0.0");
    expect(row?.description).toContain("archived");
  });
  await tree.choose("1.0.0", "Restore Image from Archive");
  await eventually(async () => {
    const row = (await tree.rows()).find(({ label }) => label === "1.0.0");
    expect(row?.description).not.toContain("archived");
  });
});

test("Scan says what it found, and why an index can't be scanned", async () => {
  const { notifications } = opened.workbench;
  await tree.choose("1.0.0", "Scan Image");
  await notifications.waitFor(/The scan of team\/app:1\.0\.0 found/, 60_000);
  await tree.choose("multi", "Scan Image");
  await notifications.waitFor(/ECR can't scan team\/app/);
});

test("Copy As names an image as it is pasted, and Ctrl+C copies URIs", async () => {
  const { page, quickInput, menu } = opened.workbench;
  const uri = `${opened.ecr.host}/team/app`;
  const digest = await contents.digestOf(repository, "1.0.0");
  await tree.openMenu("1.0.0");
  await menu.openSubmenu("Copy As");
  await opened.workbench.screenshot("manage-copy-menu");
  await menu.close();
  await tree.select("1.0.0");
  await page.keyboard.press("Control+c");
  await eventually(async () => {
    expect(await opened.workbench.clipboardText()).toBe(`${uri}:1.0.0`);
  });
  await tree.select("1.0.0", "1.1.0");
  await page.keyboard.press("Control+c");
  await eventually(async () => {
    expect(await opened.workbench.clipboardText()).toBe(`${uri}:1.0.0\n${uri}:1.1.0`);
  });
  await quickInput.run("ECR: Copy Image As…");
  await quickInput.pick(repository);
  await quickInput.waitForRow("1.0.0");
  await quickInput.pick("1.0.0");
  await quickInput.waitForRow("FROM line of a Dockerfile");
  const rows = await quickInput.rows();
  expect(rows.find(({ label }) => label === "FROM line of a Dockerfile")?.detail).toBe(
    `FROM ${uri}:1.0.0@${digest ?? ""}`,
  );
  await opened.workbench.screenshot("manage-copy-as");
  await quickInput.pick("docker pull command");
  await eventually(async () => {
    expect(await opened.workbench.clipboardText()).toBe(`docker pull ${uri}:1.0.0`);
  });
});

test("the AWS console has no page for a local registry, which is said", async () => {
  await tree.choose("1.0.0", "Open Image in AWS Console");
  await opened.workbench.notifications.waitFor(/The AWS console has no page for the registry 127/);
});

test("menus and questions are readable in every theme", async () => {
  const { workbench } = opened;
  const { page, quickInput, menu } = workbench;
  for (const theme of ["light", "hcDark", "hcLight", "dark"] as const) {
    await workbench.switchTheme(theme);
    await tree.openMenu("1.0.0");
    await menu.openSubmenu("Copy As");
    await workbench.screenshot("manage-menu");
    await menu.close();
    await tree.select("1.0.0");
    await page.keyboard.press("F2");
    await quickInput.waitForPrompt(/A further tag for/);
    await workbench.screenshot("manage-question");
    await quickInput.cancel();
    await tree.select("1.1.0", "1.0.0", "multi");
    await page.keyboard.press("Delete");
    await dialog.waitFor("Delete 3 images of team/app?");
    await workbench.screenshot("manage-delete-question");
    await dialog.cancel();
  }
});
