import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { RegistryClient } from "../contract/localEcr/registryClient.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { Dialog } from "./dialog.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { ImagePage } from "./imagePage.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { fillRepository, HOSTILE, type RichContents, SECRET_VALUE } from "./richContents.js";
import type { TreeView } from "./treeView.js";

const REPOSITORY = "team/api";
/** How hostile text is shown: what turns text around is written out. */
const SHOWN = HOSTILE.replace("\u202e", "⟨U+202E⟩");

let opened: OpenedWorkbench;
let contents: EcrContents;
let control: LocalEcrControl;
let page: ImagePage;
let tree: TreeView;
let pushed: RichContents;

beforeAll(async () => {
  opened = await openWorkbench();
  contents = new EcrContents(opened.ecr.origin);
  control = new LocalEcrControl(opened.ecr.origin);
  page = new ImagePage(opened.workbench);
  await contents.create(REPOSITORY, "MUTABLE");
  const registry = new RegistryClient(opened.ecr.origin, await contents.newPassword());
  pushed = await fillRepository(registry, control, REPOSITORY);
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  tree = sidebar.view("Registries");
  await tree.expand(REPOSITORY);
  await tree.waitFor("1.1.0");
});
afterAll(() => opened.close());
afterEach(() => control.reset());

test("a page tells what an image is, how it runs and what it is made of", async () => {
  await tree.choose("1.1.0", "Show Image Details");
  await page.waitUntilRead("team/api:1.1.0");
  expect(await page.headings()).toEqual([
    ...["Image", "How It Runs", "Layers", "Findings"],
    ...["Signatures and Attestations", "Lifecycle"],
  ]);
  expect(await page.facts("image")).toMatchObject({
    Tags: "1.1.0",
    Digest: pushed.young,
    Size: "4 MB, compressed",
  });
  expect(await page.facts("run")).toMatchObject({
    Platform: "linux/amd64",
    Entrypoint: '["/usr/local/bin/api"]',
    User: "1000:1000",
    "Exposed ports": "8080/tcp",
  });
  const history = await page.rows("layers");
  expect(history.map(([layer, instruction, size]) => [layer, instruction, size])).toEqual([
    ["1", "ADD file:4b03b5f551e3fbdf in /", "3 MB"],
    ["", "ENV API_TOKEN=…", ""],
    ["2", `RUN echo '${SHOWN}'`, "1 MB"],
    ["", 'ENTRYPOINT ["/usr/local/bin/api"]', ""],
  ]);
  const picture = page.section("layers").getByRole("img");
  expect(await picture.getAttribute("aria-label")).toMatch(
    /^2 layers, 4 MB .* layer 1, is 3 MB, 70/,
  );
  expect((await page.rows("referrers"))[0]?.slice(0, 2)).toEqual([
    ...["Signature", "application/vnd.cncf.notary.signature"],
  ]);
  expect(await page.section("lifecycle").innerText()).toContain("no lifecycle policy");
  await opened.workbench.screenshotInAllThemes("details-1-top");
  await page.scrollTo("layers");
  await opened.workbench.screenshotInAllThemes("details-2-layers");
});

test("values that may hold secrets are shown to who asks for them", async () => {
  const shown = () => page.frame.locator("body").innerText();
  expect(await shown()).not.toContain(SECRET_VALUE);
  await page.press("Show Values");
  await eventually(async () => {
    expect(await shown()).toContain(`ENV API_TOKEN=${SECRET_VALUE}`);
  });
  await page.press("Hide Values");
  await eventually(async () => {
    expect(await shown()).not.toContain(SECRET_VALUE);
  });
});

test("a thousand findings are counted, sorted and filtered, and drawn only as asked for", async () => {
  await page.scrollTo("findings");
  const section = page.section("findings");
  expect(await section.locator("table.bars").innerText()).toMatch(/Critical\s+155\s+High\s+310/);
  const drawn = section.locator("table.rows tbody tr");
  expect(await drawn.count()).toBe(200);
  await opened.workbench.screenshotInAllThemes("details-3-findings");
  await section.getByRole("button", { name: "Show 200 More" }).click();
  expect(await drawn.count()).toBe(400);
  // By keyboard: the head of a column is a button.
  await section.getByRole("button", { name: "Score" }).focus();
  await opened.workbench.page.keyboard.press("Enter");
  const score = section.getByRole("columnheader", { name: "Score" });
  expect(await score.getAttribute("aria-sort")).toBe("descending");
  expect((await page.rows("findings", 1))[0]?.[2]).toBe("9.9");
  await opened.workbench.page.keyboard.press("Enter");
  expect(await score.getAttribute("aria-sort")).toBe("ascending");
  expect((await page.rows("findings", 1))[0]?.[2]).toBe("0.0");
  await section.getByLabel("Filter").fill("CVE-2026-2239");
  await eventually(async () => {
    expect(await page.rows("findings")).toHaveLength(1);
  });
  await section.getByLabel("Filter").fill("");
});

test("text from outside is text and nothing else", async () => {
  await page.section("findings").getByLabel("Filter").fill("onerror");
  await eventually(async () => {
    expect((await page.rows("findings", 2)).map(([id]) => id)).toEqual([SHOWN]);
  });
  // What is no address of the web has no button that leads there.
  expect(await page.section("findings").locator("tbody button").count()).toBe(0);
  await page.section("findings").getByLabel("Filter").fill("");
  expect(await page.section("run").innerText()).toContain(SHOWN);
  expect(await page.frame.locator("main img, main b, main script, main a").count()).toBe(0);
  expect(await page.frame.locator("#hacked").count()).toBe(0);
});

test("sections fold by keyboard, and nothing is cut off in a narrow window", async () => {
  const { page: window } = opened.workbench;
  const fold = page.frame.getByRole("button", { name: "How It Runs" });
  await fold.focus();
  await window.keyboard.press("Space");
  expect(await fold.getAttribute("aria-expanded")).toBe("false");
  expect(await page.section("run").locator("table").first().isVisible()).toBe(false);
  await window.keyboard.press("Space");
  expect(await fold.getAttribute("aria-expanded")).toBe("true");
  await window.setViewportSize({ width: 900, height: 800 });
  const [scroll, client] = await page.frame
    .locator("html")
    .evaluate((html: { scrollWidth: number; clientWidth: number }) => [
      html.scrollWidth,
      html.clientWidth,
    ]);
  expect(scroll).toBeLessThanOrEqual(client);
  await page.scrollTo("image");
  await opened.workbench.screenshot("details-4-narrow");
  await page.scrollTo("findings");
  await opened.workbench.screenshot("details-4-narrow-findings");
  await window.setViewportSize({ width: 1280, height: 800 });
});

test("a part that may not be read says which right is missing, and the others are there", async () => {
  await control.denyAction("ecr:DescribeImageScanFindings");
  await page.press("Refresh");
  await eventually(async () => {
    expect(await page.section("findings").innerText()).toContain("ecr:DescribeImageScanFindings");
  }, 30_000);
  await page.waitUntilRead("team/api:1.1.0");
  expect(await page.section("findings").getByRole("button").allInnerTexts()).toEqual(
    expect.arrayContaining(["Copy IAM Policy", "Try Again"]),
  );
  expect(await page.facts("run")).toMatchObject({ Platform: "linux/amd64" });
  await page.scrollTo("findings");
  await opened.workbench.screenshot("details-5-denied");
  await control.reset();
  await page.section("findings").getByRole("button", { name: "Try Again" }).click();
  await eventually(async () => {
    expect(await page.section("findings").locator("table.rows").count()).toBe(1);
  }, 30_000);
});

test("the rule that would take the image is named, as ECR tries the policy out", async () => {
  const rule = {
    ...{ rulePriority: 3, description: "Keep the newest", action: { type: "expire" } },
    selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 1 },
  };
  await contents.putLifecyclePolicy(REPOSITORY, JSON.stringify({ rules: [rule] }));
  // What an index holds is not taken before the index, so that 1.1.0 would stay.
  await tree.choose("1.0.0", "Show Image Details");
  await page.waitUntilRead("team/api:1.0.0");
  await eventually(async () => {
    expect(await page.section("lifecycle").innerText()).toMatch(
      /Rule 3 of the lifecycle policy would delete it at its next run\.\nKeep the newest/,
    );
  }, 60_000);
  await opened.workbench.quickInput.run("View: Close Editor");
});

test("Enter on a row opens its page, and a deletion by the window itself is seen on it", async () => {
  const { workbench } = opened;
  const registry = new RegistryClient(opened.ecr.origin, await contents.newPassword());
  await registry.pushImage(REPOSITORY, "short-lived", { layer: "soon gone" });
  await workbench.quickInput.run("ECR: Refresh Registries");
  await tree.click("short-lived");
  await workbench.page.keyboard.press("Enter");
  await page.waitUntilRead("team/api:short-lived");
  await tree.choose("short-lived", "Delete Image…");
  const dialog = new Dialog(workbench.page);
  await dialog.waitFor("Delete team/api:short-lived?");
  await dialog.press("Delete");
  await eventually(async () => {
    expect(await page.frame.locator("#summary").innerText()).toContain("is no longer in team/api");
  }, 60_000);
  await workbench.quickInput.run("View: Close Editor");
});

test("what is folded stays so while another editor is in front", async () => {
  await page.waitUntilRead("team/api:1.1.0");
  await page.press("Image");
  await opened.workbench.quickInput.run("Help: Welcome");
  await page.frame.locator("main").waitFor({ state: "hidden" });
  await opened.workbench.quickInput.run("View: Open Previous Editor");
  await page.waitUntilRead("team/api:1.1.0");
  const fold = page.frame.getByRole("button", { name: "Image", exact: true });
  expect(await fold.getAttribute("aria-expanded")).toBe("false");
  await fold.click();
});

test("an index lets its platforms be chosen", async () => {
  await tree.choose("multi", "Show Image Details");
  await page.waitUntilRead("team/api:multi");
  expect(await page.headings()).toContain("Platforms");
  expect(await page.facts("run")).toMatchObject({ Platform: "linux/amd64" });
  await page.frame.getByLabel("Platform", { exact: true }).selectOption("linux/arm64");
  await eventually(async () => {
    expect(await page.facts("run")).toMatchObject({ Platform: "linux/arm64" });
  });
  await page.waitUntilRead("team/api:multi");
  expect(await page.section("findings").innerText()).toContain("Nobody has scanned it.");
  await opened.workbench.screenshot("details-6-index");
});

test("two images are compared by layers, settings and findings", async () => {
  await opened.workbench.quickInput.run("ECR: Compare Images…");
  const { quickInput } = opened.workbench;
  for (const tag of ["1.0.0", "1.1.0"]) {
    await quickInput.waitForQuestion(/^Repository/);
    await quickInput.pick(REPOSITORY);
    await quickInput.waitForQuestion(/^Image of team\/api/);
    await quickInput.pick(tag);
  }
  await page.waitUntilRead("team/api:1.0.0 and team/api:1.1.0");
  expect(await page.section("layers").innerText()).toContain(
    "api:1.1.0 is 824 kB larger than api:1.0.0, compressed.",
  );
  expect((await page.rows("layers")).map(([place]) => place)).toEqual([
    ...["both", "api:1.0.0", "api:1.1.0"],
  ]);
  const differences = (await page.rows("config")).map((row) => row.join(" | "));
  expect(differences).toContain("Variable VERSION | ••• | •••");
  expect(differences).toContain("Label org.opencontainers.image.version | 1.0.0 | 1.1.0");
  expect(await page.section("findings").locator("table.bars").innerText()).toMatch(
    /Only in api:1\.0\.0\s+0\s+Only in api:1\.1\.0\s+1,180\s+In both\s+60/,
  );
  expect((await page.rows("packages"))[0]).toEqual(["curl", "3.0.1", "3.0.2"]);
  await opened.workbench.screenshotInAllThemes("compare-1");
  await page.scrollTo("config");
  await opened.workbench.screenshot("compare-2");
});

test("two rows that are selected are compared without a question", async () => {
  await tree.click("1.1.0");
  await tree.click("1.0.0", ["ControlOrMeta"]);
  await tree.choose("1.0.0", "Compare Images…");
  await page.waitUntilRead(/^team\/api:1\.\d\.0 and team\/api:1\.\d\.0$/);
  const title = () => page.frame.getByRole("heading", { level: 1 }).innerText();
  const before = await title();
  await page.press("Swap");
  await eventually(async () => {
    expect(await title()).toBe(before.split(" and ").reverse().join(" and "));
  });
});

test("manifest and config are JSON that nobody can change", async () => {
  await tree.choose("1.0.0", "Show Manifest");
  const { page: window } = opened.workbench;
  const editor = window.locator(".part.editor .view-lines").first();
  await eventually(async () => {
    const text = (await editor.innerText()).replaceAll("\u00a0", " ");
    expect(text).toMatch(/"schemaVersion": 2,\s+"mediaType"/);
  }, 30_000);
  await tree.choose("1.0.0", "Show Config");
  await eventually(async () => {
    expect(await editor.innerText()).toContain("/usr/local/bin/api");
  }, 30_000);
  await opened.workbench.screenshot("details-7-config");
});

test("a page comes back with the window, and says when its image is deleted meanwhile", async () => {
  const { workbench } = opened;
  await workbench.quickInput.run("View: Close All Editors");
  await tree.choose("1.0.0", "Show Image Details");
  await page.waitUntilRead("team/api:1.0.0");
  await workbench.quickInput.run("Developer: Reload Window");
  await page.frame.locator("main").waitFor({ state: "detached" });
  await workbench.waitUntilReady();
  await page.waitUntilRead("team/api:1.0.0");
  expect(await page.facts("image")).toMatchObject({ Digest: pushed.old });
  await contents.delete(REPOSITORY);
  await contents.create(REPOSITORY, "MUTABLE");
  await page.press("Refresh");
  await eventually(async () => {
    expect(await page.frame.locator("#summary").innerText()).toMatch(
      /^sha256:\S+ is no longer in team\/api; what is shown was read before\.$/,
    );
  }, 30_000);
  expect(await page.facts("run")).toMatchObject({ Platform: "linux/amd64" });
  await workbench.screenshot("details-8-gone");
});
