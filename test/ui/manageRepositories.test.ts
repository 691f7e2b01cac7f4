import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { RegistryClient } from "../contract/localEcr/registryClient.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { TreeView } from "./treeView.js";

let opened: OpenedWorkbench;
let contents: EcrContents;
let control: LocalEcrControl;
let registry: RegistryClient;
let tree: TreeView;

beforeAll(async () => {
  opened = await openWorkbench();
  contents = new EcrContents(opened.ecr.origin);
  control = new LocalEcrControl(opened.ecr.origin);
  registry = new RegistryClient(opened.ecr.origin, await contents.newPassword());
  await contents.create("team/other", "MUTABLE");
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  tree = sidebar.view("Registries");
  await tree.expand("local · eu-west-1");
});
afterAll(() => opened.close());

beforeEach(async () => {
  await contents.create("team/app", "MUTABLE");
  for (const tag of ["1", "2", "3"]) {
    await registry.pushImage("team/app", tag, { layer: tag.repeat(1_000_000) });
  }
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await tree.waitFor("team/app");
});
afterEach(async () => {
  await control.reset();
  await contents.delete("team/app").catch(() => undefined);
  // The row of the next test is to be its own, and no old one that is about to go.
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await eventually(async () => {
    expect(await tree.labels()).not.toContain("team/app");
  });
  await opened.workbench.clearNotifications();
});

test("counting that takes long shows, and ends when it is cancelled", async () => {
  const { quickInput, notifications } = opened.workbench;
  await control.latency(20_000);
  await tree.choose("team/app", "Delete Repository…");
  await notifications.waitFor(/Counting the images of team\/app/);
  await notifications.press(/Counting the images of team\/app/, "Cancel");
  await notifications.waitUntilGone(/Counting the images/);
  await quickInput.waitUntilHidden();
  await control.reset();
  expect(await contents.images("team/app")).toHaveLength(3);
});

test("a repository goes when its name is typed, and is asked about anew when it grows", async () => {
  const { page, quickInput, notifications } = opened.workbench;
  await tree.select("team/app");
  await page.keyboard.press("Delete");
  await quickInput.waitForPrompt(/its 3 images \(up to 3 MB\) can't be brought back\. Type team/);
  await quickInput.type("team/other");
  await quickInput.waitForPrompt(/This is not team\/app/);
  await quickInput.accept();
  await quickInput.waitForTitle("Delete Repository");
  await opened.workbench.screenshot("manage-delete-repository");
  await registry.pushImage("team/app", "4", { layer: "late" });
  await quickInput.type("team/app");
  await quickInput.accept();
  await quickInput.waitForPrompt(/^It has grown meanwhile, by 1\..* its 4 images/);
  expect(await contents.images("team/app")).toHaveLength(4);
  await quickInput.type("team/app");
  await quickInput.accept();
  await notifications.waitFor("Repository team/app deleted.");
  await eventually(async () => {
    expect(await tree.labels()).not.toContain("team/app");
  });
});

test("several repositories are asked about one by one, and leaving keeps the rest", async () => {
  const { page, quickInput, notifications } = opened.workbench;
  await contents.create("team/empty", "MUTABLE");
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await tree.waitFor("team/empty");
  await tree.select("team/empty", "team/app");
  await page.keyboard.press("Delete");
  await quickInput.waitForTitle("Delete Repository (1/2)");
  await quickInput.waitForPrompt(/^The repository holds no images\. Type team\/empty/);
  await quickInput.type("team/empty");
  await quickInput.accept();
  await notifications.waitFor("Repository team/empty deleted.");
  await quickInput.waitForTitle("Delete Repository (2/2)");
  await quickInput.waitForPrompt(/its 3 images/);
  await quickInput.cancel();
  expect(await contents.images("team/app")).toHaveLength(3);
});

test("a repository is created with options, and a name that is taken is said at once", async () => {
  const { quickInput } = opened.workbench;
  await tree.choose("local · eu-west-1", "Create Repository…");
  await quickInput.waitForTitle("Create Repository (1/3)");
  await quickInput.type("team/app");
  await quickInput.waitForPrompt(/A repository of this name exists/);
  await quickInput.type("team/fancy");
  await quickInput.accept();
  await quickInput.pick("Immutable tags");
  await quickInput.waitForQuestion(/^Create team\/fancy\?/);
  await opened.workbench.screenshot("manage-create-3");
  await quickInput.pick("More options…");
  await quickInput.waitForRow("Exceptions of the tag rule");
  await quickInput.pick("Exceptions of the tag rule");
  await quickInput.waitForPrompt(/Tags that may move all the same/);
  await quickInput.type("a b c d e f");
  await quickInput.waitForPrompt(/at most 5/);
  await quickInput.type("latest dev-*");
  await quickInput.accept();
  await quickInput.waitForRow("Scan on push");
  await quickInput.pick("Scan on push");
  await eventually(async () => {
    const row = (await quickInput.rows()).find(({ label }) => label === "Scan on push");
    expect(row?.description).toBe("on");
  });
  await quickInput.pick("Encryption");
  await quickInput.pick("AWS KMS, key of your own…");
  await quickInput.waitForPrompt(/KMS key in eu-west-1/);
  await quickInput.type("key");
  await quickInput.waitForPrompt(/It is a key id, alias\//);
  await quickInput.type("alias/images");
  await quickInput.accept();
  await quickInput.waitForRow("Resource tags");
  await quickInput.pick("Resource tags");
  await quickInput.pick("Add a Resource Tag…");
  await quickInput.waitForPrompt(/A key and its value/);
  await quickInput.type("team=shop");
  await quickInput.accept();
  await quickInput.pick("Done");
  await quickInput.waitForQuestion(/^Create team\/fancy\?/);
  await opened.workbench.screenshot("manage-create-options");
  await quickInput.pick("Create");
  await tree.waitFor("team/fancy");
  expect(await contents.describe("team/fancy")).toMatchObject({
    imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
    imageTagMutabilityExclusionFilters: [{ filter: "latest" }, { filter: "dev-*" }],
    imageScanningConfiguration: { scanOnPush: true },
    encryptionConfiguration: { encryptionType: "KMS", kmsKey: "alias/images" },
  });
  await contents.delete("team/fancy");
});

test("the tag rule changes, and its exceptions are kept to be edited", async () => {
  const { quickInput } = opened.workbench;
  await tree.choose("team/app", "Change Tag Rule…");
  await quickInput.pick("Immutable tags");
  await quickInput.waitForPrompt(/may move all the same/);
  await quickInput.type("latest");
  await quickInput.accept();
  await eventually(async () => {
    const row = (await tree.rows()).find(({ label }) => label === "team/app");
    expect(row?.accessibleLabel).toContain("immutable");
  });
  await tree.choose("team/app", "Change Tag Rule…");
  await eventually(async () => {
    expect(await quickInput.focused()).toBe("Immutable tags");
  });
  await quickInput.accept();
  await quickInput.waitForPrompt(/may move all the same/);
  expect(await quickInput.value()).toBe("latest");
  await quickInput.type("latest dev-*");
  await quickInput.accept();
  await eventually(async () => {
    expect(await contents.describe("team/app")).toMatchObject({
      imageTagMutabilityExclusionFilters: [{ filter: "latest" }, { filter: "dev-*" }],
    });
  });
});

test("a missing right to delete is named, and nothing is gone", async () => {
  const { quickInput, notifications } = opened.workbench;
  await control.denyAction("ecr:DeleteRepository");
  await tree.choose("team/app", "Delete Repository…");
  await quickInput.waitForPrompt(/Type team\/app/);
  await quickInput.type("team/app");
  await quickInput.accept();
  await notifications.waitFor(/may not do ecr:DeleteRepository/);
  expect(await contents.images("team/app")).toHaveLength(3);
});

test("ARN and menus of a repository", async () => {
  await tree.choose("team/app", "Copy Repository ARN");
  await eventually(async () => {
    expect(await opened.workbench.clipboardText()).toMatch(/^arn:aws:ecr:.*repository\/team\/app$/);
  });
  await tree.openMenu("team/app");
  await opened.workbench.screenshot("manage-repository-menu");
  await opened.workbench.menu.close();
});
