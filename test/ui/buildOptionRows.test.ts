import { mkdtemp, rm, symlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { SshAgentProcess } from "../contract/docker/buildkit/sshAgentProcess.js";
import { testEngines } from "../contract/engines.js";
import { openEngine } from "../machine/engineApi.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";
import { readLogs } from "./readLogs.js";
import { removeImages } from "./removeImages.js";

const engines = await testEngines();
// Several platforms, named contexts and caches in a registry need the containerd image store.
const withContainerd = engines.find(({ kind, hasContainerdStore }) => {
  return kind === "docker" && hasContainerdStore;
});
const engineHost = (withContainerd ?? engines[0])?.host ?? "";
const nonce = String(process.pid);
const image = `option-rows-${nonce}`;
const rows = `FROM busybox:local
RUN --mount=type=ssh test -S "$SSH_AUTH_SOCK" && echo ${nonce} has an agent
RUN grep -q '^192.0.2.7.*db.example' /etc/hosts && echo ${nonce} knows the host
RUN test "$(ls /sys/class/net)" = lo && echo ${nonce} has no network
`;

let opened: OpenedWorkbench;
let contents: EcrContents;
let folder: string;
let agentSocket: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-agent-"));
  agentSocket = path.join(folder, "agent.sock");
  opened = await openWorkbench({
    engineHost,
    env: { SSH_AUTH_SOCK: agentSocket },
    files: {
      "rows.Dockerfile": rows,
      "extras.Dockerfile": `FROM busybox:local\nCOPY --from=assets index.html /\nRUN echo ${nonce}; grep -ci html /index.html\n`,
      "first.Dockerfile": "FROM scratch\nCOPY site/public /public\n",
    },
  });
  contents = new EcrContents(opened.ecr.origin);
  await contents.create("team/shop", "MUTABLE");
});
afterAll(async () => {
  await opened.close();
  await removeImages(engineHost, `${image}:`);
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => opened.workbench.clearNotifications());

test("agent, network, labels and hosts are chosen by mouse, and the build has them", async () => {
  const { quickInput, notifications } = opened.workbench;
  await symlink((await SshAgentProcess.start("option rows")).socket, agentSocket);
  await openSheet("rows.Dockerfile", "rows");
  await expectRows({ "SSH agent": "none", Network: "the engine's own" });
  expect(await quickInput.labels()).not.toContain("Labels");
  await quickInput.pick("SSH agent");
  await expectRows({ "SSH agent": "yours, lent to the build" });

  await quickInput.pick("Network");
  await quickInput.waitForQuestion(/^Network of RUN steps/);
  expect(await quickInput.labels()).toEqual(["The engine's own", "None", "The host's"]);
  await quickInput.pick("None");
  await expectRows({ Network: "none" });

  await quickInput.pick("More Options…");
  await expectRows({ Labels: "none", "Extra hosts": "none", "Named contexts": "none" });
  expect(await quickInput.focused()).toBe("Labels");
  await quickInput.pick("Labels");
  await quickInput.waitForQuestion(/^Labels of the image/);
  await add("Add a Label…", "team", /^It looks like name=value\./, "team=shop");
  await quickInput.pick("team");
  await quickInput.waitForPrompt(/; nothing removes it/);
  expect(await quickInput.value()).toBe("team=shop");
  await quickInput.type("team=the shop");
  await quickInput.accept();
  await add("Add a Label…", "a b=c", /^A name holds no space\./, "gone=1");
  await quickInput.pick("gone");
  await quickInput.waitForPrompt(/; nothing removes it/);
  await quickInput.type("");
  await quickInput.accept();
  await quickInput.waitForQuestion(/^Labels of the image/);
  expect((await quickInput.rows()).map(({ label, description }) => [label, description])).toEqual([
    ["Done", ""],
    ["team", "= the shop"],
    ["Add a Label…", ""],
  ]);
  await quickInput.pick("Done");

  await quickInput.pick("Attestations");
  await quickInput.waitForQuestion(/^Attestations of the image/);
  await quickInput.pick("Full provenance, SBOM");
  await expectRows({ Attestations: "full provenance, SBOM" });
  await opened.workbench.screenshot("rows-0-attestations");
  // The classic image store has no room for any.
  await quickInput.pick("Attestations");
  await quickInput.pick("None");

  await quickInput.pick("Extra hosts");
  await quickInput.waitForQuestion(/^Host names/);
  await add(
    "Add a Host…",
    "db.example=300.1.1.1",
    /^The address looks like/,
    "db.example=192.0.2.7",
  );
  await quickInput.back();
  await expectRows({ Labels: "team", "Extra hosts": "db.example" });
  expect((await quickInput.rows())[0]?.detail).toBe(
    "with your SSH agent · no network · 1 label · 1 host name",
  );
  await quickInput.pick(`Build ${image}:rows`);
  await notifications.waitFor(`${image}:rows is built.`, 60_000);
  const { Config } = await openEngine(engineHost).getImage(`${image}:rows`).inspect();
  expect(Config.Labels).toMatchObject({ team: "the shop" });
  expect(Config.Labels).not.toHaveProperty("gone");
  const log = (await readLogs(opened.userFolder)).join("\n");
  for (const words of ["has an agent", "knows the host", "has no network"]) {
    expect(log).toContain(`${nonce} ${words}`);
  }
});

test("the first push with options asks where to, then shows the sheet", async () => {
  const { explorer, quickInput, notifications } = opened.workbench;
  const title = "Push to ECR with Options…";
  await explorer.choose("first.Dockerfile", title);
  await quickInput.waitForQuestion(/^Repository in /);
  await quickInput.pick("team/shop");
  await quickInput.waitForQuestion(/^Tags for /);
  await quickInput.type("first");
  await quickInput.waitForRow("first");
  await quickInput.accept();
  await quickInput.waitForRow("Push team/shop:first");
  expect(await quickInput.labels()).not.toContain("Destination");
  await opened.workbench.screenshot("rows-2-first-push");
  await quickInput.back();
  await quickInput.waitForQuestion(/^Tags for /);
  await quickInput.type("again");
  await quickInput.waitForRow("again");
  await quickInput.accept();
  await quickInput.waitForRow("Push team/shop:again");

  await quickInput.pick("Platform");
  const platforms = withContainerd ? ["linux/amd64", "linux/arm64"] : ["linux/arm64"];
  if (withContainerd) {
    await quickInput.waitForQuestion(/^Platforms; none stands for this engine's own, linux\//);
    expect(await quickInput.ticked()).toEqual([]);
    for (const name of platforms) await quickInput.tick(name);
    await opened.workbench.screenshot("rows-3-platforms");
    await quickInput.accept();
  } else {
    await quickInput.waitForQuestion(/^Platform: this engine builds for one at a time/);
    await quickInput.pick("linux/arm64");
  }
  await expectRows({ Platform: platforms.join(", ") });
  await quickInput.pick("Push team/shop:again");
  await notifications.waitFor(/^team\/shop:again is in ECR/, 60_000);
  const digest = (await contents.digestOf("team/shop", "again")) ?? "";
  const pushed = (await contents.images("team/shop")).find((one) => one.imageDigest === digest);
  expect(pushed?.imageManifestMediaType).toMatch(withContainerd ? /index|list/ : /manifest\.v/);

  await opened.workbench.clearNotifications();
  await explorer.choose("first.Dockerfile", title);
  await quickInput.waitForRow("Destination");
  await expectRows({ Platform: platforms.join(", ") });
  await quickInput.cancel();
});

test.runIf(withContainerd)("contexts and caches are checked while they are typed", async () => {
  const { quickInput, notifications } = opened.workbench;
  const cache = `${opened.ecr.host}/team/shop:cache`;
  // The token of the push before is good for the cache as well.
  await openSheet("extras.Dockerfile", "extras");
  await quickInput.pick("More Options…");
  await quickInput.pick("Named contexts");
  await quickInput.waitForQuestion(/^Contexts that FROM/);
  await add("Add a Context…", "assets", /^It looks like name=folder/, "assets=site/public");
  await quickInput.pick("assets");
  for (const [text, reason] of [
    ["assets=nowhere", /nowhere does not exist/],
    ["assets=rows.Dockerfile", /rows\.Dockerfile is no folder/],
    ["assets=https://user:word@host.example/", /^The URL holds no user name or password\./],
  ] as const) {
    await quickInput.type(text);
    await quickInput.waitForPrompt(reason);
  }
  await opened.workbench.screenshot("rows-1-invalid");
  await quickInput.type("assets=site/public");
  await quickInput.accept();
  await quickInput.waitForQuestion(/^Contexts that FROM/);
  expect((await quickInput.rows())[1]).toMatchObject({
    label: "assets",
    description: "site/public",
  });
  await quickInput.pick("Done");

  await quickInput.pick("Write cache to");
  await add(
    "Add a Cache…",
    `${cache},mode=all`,
    /^Behind a reference stands ,mode=min/,
    `${cache},mode=max`,
  );
  await quickInput.waitForRow(cache);
  expect((await quickInput.rows())[1]).toMatchObject({ label: cache, description: "every step" });
  await quickInput.pick("Done");
  await quickInput.pick("Read cache from");
  await add("Add a Cache…", "Team/Shop", /^Upper-case letters are not allowed\./, cache);
  await quickInput.pick("Done");
  await expectRows({
    "Named contexts": "assets",
    "Read cache from": cache,
    "Write cache to": cache,
  });
  expect((await quickInput.rows())[0]?.detail).toBe(
    "1 named context · reads a cache · writes a cache",
  );
  await quickInput.pick(`Build ${image}:extras`);
  await notifications.waitFor(`${image}:extras is built.`, 60_000);
  expect(await contents.digestOf("team/shop", "cache")).toMatch(/^sha256:/);
});

test("the rows that are chosen can be read in every theme", async () => {
  const { workbench } = opened;
  for (const theme of ["light", "hcDark", "hcLight", "dark"] as const) {
    await workbench.switchTheme(theme);
    await workbench.explorer.choose("rows.Dockerfile", "Build with Options…");
    await workbench.quickInput.waitForRow("Network");
    expect(await workbench.quickInput.labels()).toContain("More Options…");
    await workbench.screenshot("rows-4-sheet");
    await workbench.quickInput.pick("Labels");
    await workbench.quickInput.waitForQuestion(/^Labels of the image/);
    await workbench.screenshot("rows-5-labels");
    await workbench.quickInput.cancel();
  }
});

/** Opens the sheet of a Dockerfile and names its image so that nothing else has that name. */
async function openSheet(dockerfile: string, tag: string): Promise<void> {
  const { explorer, quickInput } = opened.workbench;
  await explorer.choose(dockerfile, "Build with Options…");
  await quickInput.pick("Image name");
  await quickInput.waitForPrompt(/^Name of the local image/);
  await quickInput.type(`${image}:${tag}`);
  await quickInput.accept();
  await quickInput.waitForRow(`Build ${image}:${tag}`);
}

/** Adds an entry to a list, after one that is refused for this reason. */
async function add(row: string, wrong: string, reason: RegExp, text: string): Promise<void> {
  const { quickInput } = opened.workbench;
  await quickInput.pick(row);
  await quickInput.waitForPrompt(/^A /);
  await quickInput.type(wrong);
  await quickInput.waitForPrompt(reason);
  await quickInput.accept();
  await quickInput.type(text);
  await quickInput.waitForPrompt(/^A /);
  await quickInput.accept();
  await quickInput.waitForRow("Done");
}

async function expectRows(expected: Readonly<Record<string, string>>): Promise<void> {
  await eventually(async () => {
    const shown = await opened.workbench.quickInput.rows();
    const found = Object.fromEntries(shown.map(({ label, description }) => [label, description]));
    expect(found).toMatchObject(expected);
  });
}
