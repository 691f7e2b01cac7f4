import {
  CreatePullThroughCacheRuleCommand,
  CreateRepositoryCommand,
  ECRClient,
} from "@aws-sdk/client-ecr";
import {
  CreateRepositoryCommand as CreatePublicCommand,
  ECRPUBLICClient,
} from "@aws-sdk/client-ecr-public";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import type { TreeView } from "./treeView.js";

const prodAccount = "210987654321";
const secret = "opens-nothing";

let opened: OpenedWorkbench;
let folder: string;
let tree: TreeView;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-registries-"));
  opened = await openWorkbench({
    env: {
      HOME: folder,
      AWS_CONFIG_FILE: path.join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
    },
  });
  await writeProfiles();
  const local = client(localAccount, localRegion);
  for (const repositoryName of ["api", "hub/library/nginx", "team/api", "tools"]) {
    await local.send(new CreateRepositoryCommand({ repositoryName }));
  }
  await local.send(
    new CreateRepositoryCommand({
      repositoryName: "team/web/ui",
      imageTagMutability: "IMMUTABLE_WITH_EXCLUSION",
      imageTagMutabilityExclusionFilters: [{ filter: "latest", filterType: "WILDCARD" }],
    }),
  );
  await local.send(
    new CreatePullThroughCacheRuleCommand({
      ecrRepositoryPrefix: "hub",
      upstreamRegistryUrl: "registry-1.docker.io",
    }),
  );
  const prod = client(prodAccount, "us-east-1");
  await prod.send(new CreateRepositoryCommand({ repositoryName: "shop/web" }));
  const credentials = { accessKeyId: localAccount, secretAccessKey: secret };
  const endpoint = opened.ecr.origin;
  const publicClient = new ECRPUBLICClient({ region: "us-east-1", endpoint, credentials });
  await publicClient.send(new CreatePublicCommand({ repositoryName: "site" }));
  const { sidebar } = opened.workbench;
  await sidebar.open("ECR");
  tree = sidebar.view("Registries");
  await tree.waitFor("local · eu-west-1");
});
afterAll(async () => {
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

function client(accessKeyId: string, region: string): ECRClient {
  const credentials = { accessKeyId, secretAccessKey: secret };
  return new ECRClient({ region, endpoint: opened.ecr.origin, credentials });
}

/** Writes 40 profiles: two with keys, one whose session has ended, and 37 that nobody uses. */
async function writeProfiles(): Promise<void> {
  const { origin } = opened.ecr;
  const services = ["ecr", "ecr_public", "sts"].map(
    (name) => `${name} =\n  endpoint_url = ${origin}`,
  );
  const many = Array.from(
    { length: 37 },
    (_, index) =>
      `[profile stage-${String(index)}]\nregion = eu-west-1\nrole_arn = arn:aws:iam::510000000000:role/read\nsource_profile = local\n`,
  );
  const config = [
    `[profile local]\nregion = ${localRegion}\nservices = here`,
    "[profile prod]\nregion = us-east-1\nservices = here",
    `[profile ended]\nregion = eu-north-1\nservices = here\nsso_session = team\nsso_account_id = ${prodAccount}\nsso_role_name = push`,
    "[sso-session team]\nsso_region = eu-west-1\nsso_start_url = https://team.awsapps.com/start",
    ...many,
    `[services here]\n${services.join("\n")}`,
  ];
  await writeFile(path.join(folder, "config"), `${config.join("\n")}\n`);
  const keys = [
    ["local", localAccount],
    ["prod", prodAccount],
  ].map(
    ([name, id]) =>
      `[${name ?? ""}]\naws_access_key_id = ${id ?? ""}\naws_secret_access_key = ${secret}\n`,
  );
  await writeFile(path.join(folder, "credentials"), keys.join(""));
}

/** Goes through *Add Registry…*, and ticks what is not ticked yet. */
async function add(profile: string, ...places: readonly string[]): Promise<void> {
  const { quickInput } = opened.workbench;
  await quickInput.run("ECR: Add Registry…");
  await quickInput.waitForQuestion(/^AWS profile on this host/);
  await quickInput.type(profile);
  await quickInput.pick(profile);
  await quickInput.waitForQuestion(/^Regions, one or more/);
  for (const place of places) {
    await quickInput.type(place);
    await quickInput.tick(place);
  }
  await quickInput.type("");
  await quickInput.accept();
  await quickInput.waitUntilHidden();
}

/** The rows on screen: how deep, and their words. */
async function shown(): Promise<readonly (readonly [number, string, string])[]> {
  return (await tree.rows()).map(({ level, label, description }) => [level, label, description]);
}

/** What stands above the rows. */
async function message(): Promise<string> {
  const { page } = opened.workbench;
  const texts = await page
    .locator('.part.sidebar .pane:has(.pane-header[aria-label^="Registries"]) .message')
    .allInnerTexts();
  return texts.join("").trim();
}

test("several registries stand beside each other, and a broken one says why", async () => {
  await add("prod", "eu-central-1");
  await add("ended");
  await add("local", "Public registry");
  await tree.waitFor("local · public.ecr.aws");
  expect((await shown()).filter(([level]) => level === 1).map(([, label]) => label)).toEqual([
    "local · eu-west-1",
    "prod · us-east-1",
    "prod · eu-central-1",
    "ended · eu-north-1",
    "local · public.ecr.aws",
  ]);
  await tree.expand("prod · us-east-1");
  await tree.waitFor("shop/web");
  await tree.expand("prod · eu-central-1");
  await tree.expand("ended · eu-north-1");
  await tree.expand("local · public.ecr.aws");
  await tree.waitFor("site");
  await eventually(async () => {
    expect(await shown()).toEqual([
      [1, "local · eu-west-1", "1234-5678-9012"],
      [2, "api", ""],
      [2, "hub/library/nginx", "cache of docker.io"],
      [2, "team/api", ""],
      [2, "team/web/ui", "immutable"],
      [2, "tools", ""],
      [1, "prod · us-east-1", "2109-8765-4321"],
      [2, "shop/web", ""],
      [1, "prod · eu-central-1", ""],
      [2, "No repositories yet", ""],
      [1, "ended · eu-north-1", "sign in needed"],
      [2, expect.stringContaining("session"), ""],
      [1, "local · public.ecr.aws", expect.stringMatching(/^a\w+ · 1234-5678-9012$/)],
      [2, "site", ""],
    ]);
  });
  const broken = (await tree.rows()).find(({ label }) => label === "ended · eu-north-1");
  expect(broken?.accessibleLabel).toBe("Registry ended, eu-north-1, sign in needed");
  await opened.workbench.screenshotInAllThemes("registries-several");
});

test("the tooltips tell what rows leave out, and name a right that is missing", async () => {
  await new LocalEcrControl(opened.ecr.origin).denyAction(
    "ecr:BatchGetRepositoryScanningConfiguration",
  );
  expect(await tree.tooltip("team/web/ui")).toMatch(
    /immutable, except latest.*AES256.*ecr:BatchGetRepositoryScanningConfiguration is missing/s,
  );
  await new LocalEcrControl(opened.ecr.origin).reset();
  expect(await tree.tooltip("tools")).toMatch(/Encryption.*AES256.*Scans.*on demand/s);
  await opened.workbench.screenshot("registries-tooltip");
  expect(await tree.tooltip("local · public.ecr.aws")).toMatch(/no immutable tags, scans/);
});

test("repositories are grouped by namespace, and the layout is a toggle", async () => {
  await opened.workbench.sidebar.pressHeader("Registries", "Group Repositories by Namespace");
  await tree.expand("team/");
  await tree.expand("web/");
  await eventually(async () => {
    expect((await shown()).slice(0, 9)).toEqual([
      [1, "local · eu-west-1", "1234-5678-9012"],
      [2, "hub/", "1 · cache of docker.io"],
      [2, "team/", "2"],
      [3, "web/", "1"],
      [4, "ui", "immutable"],
      [3, "api", ""],
      [2, "api", ""],
      [2, "tools", ""],
      [1, "prod · us-east-1", "2109-8765-4321"],
    ]);
  });
  const team = (await tree.rows()).find(({ label }) => label === "team/");
  expect(team?.accessibleLabel).toBe("Namespace team, 2 repositories");
  await opened.workbench.screenshotInAllThemes("registries-namespaces");
});

test("what is open and selected stays so when all is read anew", async () => {
  await tree.click("ui");
  await opened.workbench.sidebar.pressHeader("Registries", "Refresh Registries");
  await eventually(async () => {
    const labels = (await shown()).map(([, label]) => label);
    expect(labels.slice(0, 6)).toEqual([
      "local · eu-west-1",
      "hub/",
      "team/",
      "web/",
      "ui",
      // A click has opened it.
      "No images yet",
    ]);
  });
  const selected = opened.workbench.page.locator(
    '.part.sidebar .monaco-list-row[aria-selected="true"] .label-name',
  );
  await eventually(async () => {
    expect(await selected.allInnerTexts()).toEqual(["ui"]);
  });
});

test("a filter finds names in every registry, and its end brings all back", async () => {
  const { quickInput, sidebar } = opened.workbench;
  await sidebar.pressHeader("Registries", "Find Repositories…");
  await quickInput.waitForTitle(/Find Repositories/);
  await quickInput.type("web");
  await eventually(async () => {
    expect(await message()).toBe("2 of 7 repositories hold “web”");
    const rows = (await shown()).filter(([level]) => level === 2).map(([, label]) => label);
    expect(rows).toContain("team/web/ui");
    expect(rows).toContain("shop/web");
    expect(rows).not.toContain("api");
    // What is read and has nothing of it makes room.
    const roots = (await shown()).filter(([level]) => level === 1).map(([, label]) => label);
    expect(roots).not.toContain("local · public.ecr.aws");
  });
  await quickInput.accept();
  await quickInput.waitUntilHidden();
  await opened.workbench.screenshotInAllThemes("registries-filter");
  await sidebar.pressHeader("Registries", "Show All Repositories");
  await eventually(async () => {
    expect(await message()).toBe("");
    const labels = (await shown()).map(([, label]) => label);
    // What was open and hidden meanwhile is open again.
    expect(labels).toEqual(expect.arrayContaining(["tools", "web/", "ui", "site"]));
  });
});

test("a filter that is left with Escape is gone", async () => {
  const { quickInput, sidebar } = opened.workbench;
  await sidebar.pressHeader("Registries", "Find Repositories…");
  await quickInput.type("nowhere");
  await tree.waitFor("No repository holds “nowhere”");
  await quickInput.cancel();
  await tree.waitFor("tools");
  expect(await message()).toBe("");
});

test("pinned repositories stand on top, and can be unpinned", async () => {
  await tree.choose("tools", "Pin to Top");
  await eventually(async () => {
    expect((await shown())[1]).toEqual([2, "tools", ""]);
  });
  const pinned = (await tree.rows())[1];
  expect(pinned?.accessibleLabel).toBe("Repository tools, pinned");
  await opened.workbench.screenshotInAllThemes("registries-pins");
  await tree.choose("tools", "Unpin");
  await eventually(async () => {
    expect((await shown())[1]).toEqual([2, "hub/", "1 · cache of docker.io"]);
  });
});

test("a registry that works again is read by itself, and one can be removed", async () => {
  const { quickInput, sidebar } = opened.workbench;
  const { origin } = opened.ecr;
  const control = new LocalEcrControl(origin);
  const before = (await control.requests()).length;
  await control.seed({
    account: prodAccount,
    region: "eu-central-1",
    repositories: 10_000,
    images: 0,
    // A second try of the test finds what the first one has made.
    prefix: `many${String(before)}/app`,
  });
  await tree.pressInline("prod · eu-central-1", "Read Registry Again");
  await eventually(async () => {
    const asked = (await control.requests()).slice(before);
    expect(asked.filter(({ operation }) => operation === "DescribeRepositories")).toHaveLength(10);
  });
  await eventually(async () => {
    const many = (await shown()).find(([, label]) => label === `many${String(before)}/`);
    expect(many?.[2]).toBe("10,000");
  });
  await sidebar.pressHeader("Registries", "Find Repositories…");
  await quickInput.type("app-09999");
  await tree.waitFor(/many.*app-09999/);
  await eventually(async () => {
    expect(await message()).toMatch(/^\d of \d0,007 repositories hold “app-09999”$/);
  });
  await quickInput.cancel();
  await tree.waitFor(`many${String(before)}/`);
  await tree.choose("ended · eu-north-1", "Remove Registry from Sidebar");
  await eventually(async () => {
    const roots = (await shown()).filter(([level]) => level === 1).map(([, label]) => label);
    expect(roots).not.toContain("ended · eu-north-1");
    expect(roots).toHaveLength(4);
  });
});

test("the sidebar of a new window shows the same registries", async () => {
  const { page, sidebar } = opened.workbench;
  await page.reload({ waitUntil: "commit" });
  await opened.workbench.waitUntilReady();
  await sidebar.open("ECR");
  await tree.waitFor("local · public.ecr.aws");
  await tree.waitFor("prod · us-east-1");
  await tree.waitFor("hub/");
});
