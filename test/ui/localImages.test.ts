import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { RegistryToken } from "../../src/core/login/registryToken.js";
import { RegistryImages } from "../contract/docker/registryImages.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { busyboxImage, importBaseImages } from "../machine/baseImages.js";
import { openEngine } from "../machine/engineApi.js";
import { type PrivateEngine, startPrivateEngine } from "../machine/privateEngine.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { TreeView } from "./treeView.js";

let engine: PrivateEngine;
let opened: OpenedWorkbench;
let control: LocalEcrControl;
let registry: TreeView;
let local: TreeView;
let images: RegistryImages;
/** The repository's URI. */
let uri: string;

beforeAll(async () => {
  // Images of others would stand between these, and would be removed with them.
  engine = await startPrivateEngine(undefined, { logName: "engine-local-images" });
  await importBaseImages(engine.host);
  const files = { "web.Dockerfile": `FROM ${busyboxImage}\nCOPY web.txt /\n`, "web.txt": "1" };
  opened = await openWorkbench({ engineHost: engine.host, files });
  const { ecr, workbench } = opened;
  control = new LocalEcrControl(ecr.origin);
  const contents = new EcrContents(ecr.origin);
  await contents.create("team/api", "MUTABLE");
  const password = await contents.newPassword();
  const token = new RegistryToken(ecr.host, "AWS", password, new Date(), new Date());
  images = new RegistryImages(ecr.origin, token);
  await images.putImage("team/api", "1.4.0", { layers: 3 });
  const amd = await images.putImage("team/api", undefined);
  const arm = await images.putImage("team/api", undefined, { platform: "linux/arm64" });
  await images.putIndex("team/api", "2.0.0", { "linux/amd64": amd, "linux/arm64": arm });
  await images.putImage("team/api", "big", { layerBytes: 3_000_000 });
  uri = `${ecr.host}/team/api`;
  await workbench.sidebar.open("ECR");
  await workbench.sidebar.unfold("Local Images");
  registry = workbench.sidebar.view("Registries");
  local = workbench.sidebar.view("Local Images");
  await registry.expand("team/api");
  await registry.waitFor("1.4.0");
}, 240_000);
afterAll(async () => {
  await opened.close();
  await engine.stop();
});
afterEach(async () => {
  await control.reset();
  await opened.workbench.clearNotifications();
});

test("Pull Image gets an image under its name, and Show leads to its row", async () => {
  const { notifications } = opened.workbench;
  // A second try of this test begins without the image too.
  const docker = openEngine(engine.host);
  const there = await docker.listImages({ filters: { reference: [`${uri}:1.4.0`] } });
  for (const { Id } of there) await docker.getImage(Id).remove({ force: true });
  await registry.select("1.4.0");
  await registry.choose("1.4.0", "Pull Image");
  const done = "team/api:1.4.0 is on this host (600 kB, linux/amd64).";
  expect(await notifications.waitFor(/is on this host/)).toBe(done);
  expect(await notifications.buttons(done)).toEqual(["Show"]);
  await notifications.press(done, "Show");
  await eventually(async () => {
    const row = (await local.rows()).find(({ label }) => label === `${uri}:1.4.0`);
    expect(row?.description).toBe("600 kB · amd64 · in ECR");
    expect(row?.accessibleLabel).toContain(`Local image ${uri}:1.4.0, 600 kB, linux/amd64, in ECR`);
  });
  await opened.workbench.screenshot("local-images-1-pulled");

  await registry.select("1.4.0");
  await registry.choose("1.4.0", "Pull Image");
  await notifications.waitFor("team/api:1.4.0 was on this host already (600 kB, linux/amd64).");
});

test("a platform of an index is pulled under a name of its own", async () => {
  const { notifications } = opened.workbench;
  await registry.expand("2.0.0");
  await registry.choose("linux/arm64", "Pull Image");
  await notifications.waitFor(/^team\/api:2\.0\.0 \(linux\/arm64\) is on this host/);
  await eventually(async () => {
    const row = (await local.rows()).find(({ label }) => label === `${uri}:2.0.0-arm64`);
    expect(row?.description).toBe("200 kB · arm64 · in ECR");
  });
});

test("a pull that is cancelled stops, and leaves nothing", async () => {
  const { notifications, page } = opened.workbench;
  await control.limitRate(50_000);
  await registry.choose("big", "Pull Image");
  const progress = /Downloading 0 of 1 layers · \d+ k?B of 3 MB/;
  await notifications.waitFor(progress);
  await opened.workbench.screenshot("local-images-2-pulling");
  await notifications.press(progress, "Cancel");
  const text = "Pull team/api:big cancelled";
  await page.locator(".part.statusbar .statusbar-item", { hasText: text }).waitFor();
  expect(await notifications.texts()).toEqual([]);
  expect(await localNames()).not.toContain(`${uri}:big`);
});

test("a pull that is refused says why, and works when it may", async () => {
  const { notifications } = opened.workbench;
  await control.denyAction("ecr:GetDownloadUrlForLayer");
  await registry.choose("big", "Pull Image");
  const denied = /may not do ecr:GetDownloadUrlForLayer/;
  await notifications.waitFor(denied);
  expect(await notifications.buttons(denied)).toContain("Try Again");
  await control.reset();
  await notifications.press(denied, "Try Again");
  await notifications.waitFor(/^team\/api:big is on this host/);
});

test("dangling images are one row, and go together", async () => {
  const { notifications, page, quickInput } = opened.workbench;
  for (const text of ["1", "2", "3"]) {
    await writeFile(path.join(opened.workspaceFolder, "web.txt"), text + randomUUID());
    await build("web:dev");
  }
  // All rows are to be seen at once.
  await opened.workbench.sidebar.fold("Registries");
  await opened.workbench.sidebar.fold("Builds");
  await eventually(async () => {
    const row = (await local.rows()).find(({ label }) => label === "2 dangling images");
    expect(row?.description).toMatch(/^\d MB$/);
    expect(row?.accessibleLabel).toMatch(/2 dangling images, \d MB/);
  });
  await local.expand("2 dangling images");
  await eventually(async () => {
    expect((await local.rows()).filter(({ level }) => level === 2)).toHaveLength(2);
  });
  await opened.workbench.screenshotInAllThemes("local-images-3-rows");
  await local.pressInline("2 dangling images", "Remove All Dangling Images…");
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.waitFor();
  expect(await dialog.innerText()).toMatch(/Remove 2 local images from this host\?/);
  expect(await dialog.innerText()).toMatch(/frees up to \d MB/);
  await opened.workbench.screenshot("local-images-4-question");
  await dialog.locator(".monaco-button", { hasText: /^Remove$/ }).click();
  await eventually(async () => {
    expect((await local.labels()).filter((label) => /dangling/.test(label))).toEqual([]);
  });
  await notifications.waitUntilGone(/Remove Dangling Images/);
  expect(await notifications.texts()).toEqual([]);
  await quickInput.run("ECR: Remove All Dangling Images…");
  await page
    .locator(".part.statusbar .statusbar-item", { hasText: "No image is dangling." })
    .waitFor();
});

test("Delete removes what is selected, and asks about containers that use it", async () => {
  const { page } = opened.workbench;
  const docker = openEngine(engine.host);
  for (const name of ["shop:1", "shop:2", "shop:3"]) {
    await writeFile(path.join(opened.workspaceFolder, "web.txt"), randomUUID());
    await build(name);
  }
  const limits = { NetworkMode: "none" };
  const stopped = await docker.createContainer({
    name: "worker",
    Image: "shop:2",
    HostConfig: limits,
  });
  const Cmd = ["sleep", "1000"];
  const running = await docker.createContainer({
    name: "web",
    Image: "shop:3",
    Cmd,
    HostConfig: limits,
  });
  await running.start();
  await local.select("shop:1", "shop:2", "shop:3");
  await page.keyboard.press("Delete");
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.waitFor();
  const text = await dialog.innerText();
  expect(text).toMatch(/Remove shop:1 from this host\?/);
  expect(text).toMatch(/stopped were made of these \(\d MB\):\s+shop:2 · \d MB · worker/s);
  expect(text).toMatch(/These stay, as containers that run use them:\s+shop:3 · \d MB · web/s);
  await opened.workbench.screenshot("local-images-5-used");
  await dialog.locator(".monaco-button", { hasText: /^Remove$/ }).click();
  await eventually(async () => {
    expect(await localNames()).not.toContain("shop:1");
  });
  expect(await localNames()).toEqual(expect.arrayContaining(["shop:2", "shop:3"]));

  await local.choose("shop:2", "Remove Local Images…");
  await dialog.locator(".monaco-button", { hasText: /^Remove All the Same$/ }).click();
  await eventually(async () => {
    expect(await localNames()).not.toContain("shop:2");
  });
  await local.choose("shop:3", "Remove Local Images…");
  const { notifications } = opened.workbench;
  await notifications.waitFor("shop:3 stays: a container that runs uses it (web). Stop it first.");
  await running.remove({ force: true });
  await stopped.remove({ force: true });
});

test("Check Whether in ECR asks ECR, and offers the push of what is not there", async () => {
  const { notifications, quickInput } = opened.workbench;
  await build(`${uri}:local`);
  await local.choose(`${uri}:local`, "Check Whether in ECR");
  const absent = `${uri}:local is not in ECR: ${uri} has no such image.`;
  expect(await notifications.waitFor(/is not in ECR/)).toBe(absent);
  await notifications.press(absent, "Push Local Image…");
  await quickInput.waitForQuestion(/^Repository in /);
  await quickInput.cancel();
  await local.choose(`${uri}:1.4.0`, "Check Whether in ECR");
  await notifications.waitFor(`${uri}:1.4.0 is in ECR: ${uri}:1.4.0.`);
  await quickInput.run("ECR: Check Whether in ECR");
  await quickInput.waitForQuestion(/^Local image/);
  await quickInput.type("busybox");
  await eventually(async () => {
    expect(await quickInput.focused()).toBe(busyboxImage);
  });
  await quickInput.accept();
  await notifications.waitFor(/^busybox:local has no name of ECR here/);
});

test("keys name and copy an image, and its tooltip says where it is", async () => {
  const { page, quickInput } = opened.workbench;
  await local.click(`${uri}:1.4.0`);
  await page.keyboard.press("F2");
  await quickInput.waitForTitle("Tag Image");
  await quickInput.cancel();
  await local.click(`${uri}:1.4.0`);
  await page.keyboard.press("Control+c");
  await eventually(async () => {
    expect(await opened.workbench.clipboardText()).toBe(`${uri}:1.4.0`);
  });
  expect(await local.tooltip(`${uri}:1.4.0`)).toMatch(/In ECR.*team\/api:1\.4\.0/s);
});

/** The names of the engine's images, sorted. */
async function localNames(): Promise<readonly string[]> {
  const all = await openEngine(engine.host).listImages();
  return all.flatMap(({ RepoTags }) => RepoTags ?? []).toSorted();
}

/** Builds `web.Dockerfile` under a name, as a person does. */
async function build(name: string): Promise<void> {
  const { explorer, quickInput, notifications, sidebar } = opened.workbench;
  await sidebar.open("Explorer");
  await explorer.choose("web.Dockerfile", "Build Image…");
  await quickInput.waitForPrompt(/^Name of the local image/);
  await quickInput.type(name);
  await quickInput.accept();
  await quickInput.waitForQuestion(/Where will it run/);
  await quickInput.pick("This engine's platform");
  await notifications.waitFor(`${name} is built.`);
  await opened.workbench.clearNotifications();
  await sidebar.open("ECR");
}
