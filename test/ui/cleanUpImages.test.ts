import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { RegistryClient } from "../contract/localEcr/registryClient.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { localRegion } from "../playground/writeAwsConfig.js";
import { Dialog } from "./dialog.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

const MANY = "team/many-00001";
const MIXED = "team/mixed";
let opened: OpenedWorkbench;
let control: LocalEcrControl;
let contents: EcrContents;
let registry: RegistryClient;
let dialog: Dialog;

beforeAll(async () => {
  opened = await openWorkbench();
  const { origin } = opened.ecr;
  control = new LocalEcrControl(origin);
  contents = new EcrContents(origin);
  await control.seed({ repositories: 1, images: 250, prefix: "team/many", region: localRegion });
  await contents.create(MIXED, "MUTABLE");
  registry = new RegistryClient(origin, await contents.newPassword());
  const push = (tag: string | undefined, layer: string) =>
    registry.pushImage(MIXED, tag, { layer });
  const amd = await push(undefined, "amd");
  const arm = await push(undefined, "arm");
  await registry.pushIndex(MIXED, "1.0.0", [amd, arm]);
  const shared = await push(undefined, "loose");
  await registry.pushIndex(MIXED, "loose", [shared, amd]);
  await registry.putManifest(MIXED, "loose", (await push(undefined, "moved")).manifest, OCI);
  await push(undefined, "stray");
  dialog = new Dialog(opened.workbench.page);
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  await sidebar.view("Registries").waitFor(MIXED);
});
afterAll(() => opened.close());
afterEach(() => control.reset());

const OCI = "application/vnd.oci.image.manifest.v1+json";

test("the sheet of criteria says what is set, and what would go is shown before anything", async () => {
  const { quickInput } = opened.workbench;
  await choose(MIXED);
  await quickInput.waitForQuestion(/Which images are to go/);
  expect((await quickInput.rows()).map(({ label, description }) => [label, description])).toEqual([
    ["Show What Would Go", "nothing is changed yet"],
    ["Untagged only", "on"],
    ["Older than", "14 d"],
    ["Not pulled for", "off"],
    ["Keep the newest", "off"],
    ["Keep tags like", "off"],
  ]);
  await opened.workbench.screenshot("cleanup-1-criteria");
  await quickInput.pick("Show What Would Go");
  await opened.workbench.notifications.waitFor(/No image of team\/mixed would go\./);
  // The sheet is there again, for other criteria.
  await quickInput.waitForQuestion(/Which images are to go/);
  await quickInput.cancel();
  await opened.workbench.clearNotifications();
  await choose(MIXED);
  await setOlderThan("");
  await quickInput.pick("Show What Would Go");
  await quickInput.waitForTitle(/Clean Up Images · team\/mixed · 3 images, /);
  const rows = await quickInput.rows();
  expect(rows).toHaveLength(2);
  const index = rows.find(({ detail }) => detail !== "");
  expect(index?.detail).toBe("with 1 image that belongs to it alone");
  expect(await quickInput.ticked()).toHaveLength(2);
  await opened.workbench.screenshot("cleanup-2-what-would-go");
});

test("an index goes with what it alone holds, and the platform that a tagged index shares stays", async () => {
  const { quickInput, notifications } = opened.workbench;
  await quickInput.accept();
  await quickInput.waitForQuestion(/What becomes of them/);
  await opened.workbench.screenshot("cleanup-3-what-becomes");
  await quickInput.pick("Delete");
  await dialog.waitFor(/^Delete 3 images, .+ of team\/mixed\?$/);
  await opened.workbench.screenshot("cleanup-4-asked");
  await dialog.press("Delete");
  await notifications.waitFor(/of team\/mixed deleted/);
  const left = await contents.images(MIXED);
  // Both platforms and the index 1.0.0, and what the tag "loose" names now.
  expect(left).toHaveLength(4);
  expect(left.flatMap(({ imageTags = [] }) => imageTags).sort()).toEqual(["1.0.0", "loose"]);
  await opened.workbench.clearNotifications();
});

test("many images are deleted only by the typed name, and none that is to stay", async () => {
  const { quickInput, notifications } = opened.workbench;
  await choose(MANY);
  await setOlderThan("");
  await quickInput.pick("Untagged only");
  await quickInput.pick("Keep the newest");
  await quickInput.waitForPrompt(/newest images stay/);
  await quickInput.type("100");
  await quickInput.accept();
  await waitForValue("Keep the newest", "100");
  await quickInput.pick("Keep tags like");
  await quickInput.waitForPrompt(/stands for any characters/);
  await quickInput.type("v1*, v200");
  await quickInput.accept();
  await waitForValue("Keep tags like", "v1*, v200");
  await quickInput.pick("Show What Would Go");
  await quickInput.waitForTitle(/· \d+ images, /);
  await opened.workbench.screenshot("cleanup-5-many");
  await quickInput.accept();
  await quickInput.pick("Delete");
  await quickInput.waitForPrompt(/will be deleted\. Type team\/many-00001/);
  await opened.workbench.screenshot("cleanup-6-typed");
  await quickInput.type("team/many");
  await quickInput.accept();
  expect(await contents.images(MANY)).toHaveLength(250);
  await quickInput.type(MANY);
  await quickInput.accept();
  await notifications.waitFor(/\d+ images of team\/many-00001 deleted/);
  const left = await contents.images(MANY);
  const tags = left.flatMap(({ imageTags = [] }) => imageTags);
  expect(left.length).toBeLessThan(200);
  expect(left.length).toBeGreaterThanOrEqual(100);
  for (let number = 1; number <= 250; number++) {
    const tag = `v${String(number)}`;
    const isKept = tag.startsWith("v1") || tag === "v200";
    if (isKept && number % 10 !== 0) expect(tags).toContain(tag);
  }
  await opened.workbench.clearNotifications();
});

test("images are archived instead, and what somebody tagged meanwhile is left", async () => {
  const { quickInput, notifications } = opened.workbench;
  const stray = await registry.pushImage(MIXED, undefined, { layer: "stray again" });
  await registry.pushImage(MIXED, undefined, { layer: "another stray" });
  await choose(MIXED);
  await setOlderThan("");
  await quickInput.pick("Show What Would Go");
  await quickInput.waitForTitle(/· 2 images, /);
  await quickInput.accept();
  await registry.putManifest(MIXED, "used", stray.manifest, OCI);
  await quickInput.pick("Archive");
  await dialog.waitFor(/^Archive 2 images, /);
  await dialog.press("Archive");
  await notifications.waitFor(/1 image changed meanwhile and is left\./);
  await notifications.waitFor(/1 image of team\/mixed archived\./);
  const active = await contents.images(MIXED);
  expect(active.some(({ imageTags = [] }) => imageTags.includes("used"))).toBe(true);
  await opened.workbench.screenshotInAllThemes("cleanup-7-done");
});

async function choose(repository: string): Promise<void> {
  await opened.workbench.sidebar.view("Registries").choose(repository, "Clean Up Images…");
  await opened.workbench.quickInput.waitForQuestion(/Which images are to go/);
}

/** Sets the age on the sheet; "" for any. */
async function setOlderThan(days: string): Promise<void> {
  const { quickInput } = opened.workbench;
  await quickInput.pick("Older than");
  await quickInput.waitForPrompt(/Only images pushed more than/);
  await quickInput.type(days);
  await quickInput.accept();
  await waitForValue("Older than", days === "" ? "off" : `${days} d`);
}

/** Waits until the sheet shows this beside a criterion. */
async function waitForValue(criterion: string, value: string): Promise<void> {
  await eventually(async () => {
    const rows = await opened.workbench.quickInput.rows();
    expect(rows.find(({ label }) => label === criterion)?.description).toBe(value);
  });
}
