import { appendFile, copyFile, mkdir, open, writeFile } from "node:fs/promises";
import path from "node:path";
import { projectFolder } from "../machine/folders.js";
import { LocalEcrControl } from "../localEcr/control.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { RegistryClient } from "../contract/localEcr/registryClient.js";
import { EcrContents } from "./ecrContents.js";
import { eventually } from "./eventually.js";
import { ImagePage } from "./imagePage.js";
import { fillRepository } from "./richContents.js";
import type { TreeView } from "./treeView.js";
import { SetupPage } from "./setupPage.js";
import { openWorkbench } from "./openWorkbench.js";

/*
 * Takes the README's pictures: `ECR_TEST_DOCKER_HOSTS=unix:///… node --import tsx test/ui/takePictures.ts`
 * after `npm run build`. They show the real thing, so take them anew when it looks different.
 */
const pictures = path.join(projectFolder, "media", "readme");
await mkdir(pictures, { recursive: true });
const shop = `ARG RELEASE=2.0
FROM node AS pack
RUN --mount=type=secret,id=npm,required npm ci
FROM pack AS serve
FROM pack AS test
`;
const nonce = String(process.pid);
const app = `FROM busybox:local AS packages
RUN echo "${nonce}: 214 packages"; sleep 2; mkdir /packages
FROM busybox:local AS app
COPY site/public /app
COPY --from=packages /packages /packages
RUN for module in core web shop cart tax mail; do echo "compiled $module"; sleep 1; done; sleep 60
RUN test -d /app
`;
const opened = await openWorkbench({
  settings: { "terminal.integrated.gpuAcceleration": "off" },
  files: {
    "app.Dockerfile": app,
    "shop.Containerfile": shop,
    "trainer.Dockerfile": "FROM scratch\nCOPY . /app\n",
    ".env": "TOKEN=picture\n",
    id_rsa: "picture\n",
  },
  env: { NPM_TOKEN: "picture" },
});
const { workbench, ecr } = opened;
const { page, explorer, quickInput, notifications, sidebar } = workbench;
const take = async (name: string): Promise<void> => {
  await copyFile(await workbench.screenshot(`readme-${name}`), path.join(pictures, `${name}.png`));
};
try {
  await page.setViewportSize({ width: 960, height: 540 });
  const control = new LocalEcrControl(ecr.origin);
  await control.seed({ repositories: 2, images: 4, prefix: "ml/experiment", region: localRegion });
  await explorer.expand("site");
  const menu = page.locator(".monaco-menu");
  await explorer.click("Dockerfile");
  await explorer.openMenu("Dockerfile");
  await menu.locator(".action-label", { hasText: "Push to ECR…" }).hover();
  await take("menu");
  await workbench.menu.close();
  await explorer.choose("shop.Containerfile", "Build with Options…");
  await quickInput.pick("Image name");
  await quickInput.waitForPrompt(/^Name of the local image/);
  await quickInput.type("shop:latest");
  await quickInput.accept();
  await quickInput.pick("Build arguments");
  await quickInput.pick("RELEASE");
  await quickInput.waitForPrompt(/^Value of RELEASE/);
  await quickInput.type("2.1");
  await quickInput.accept();
  await quickInput.pick("Done");
  await quickInput.pick("Target stage");
  await quickInput.pick("serve");
  await quickInput.pick("Secrets");
  await quickInput.pick("npm");
  await quickInput.pick("Environment Variable…");
  await quickInput.waitForPrompt(/^Name of the environment variable/);
  await quickInput.type("NPM_TOKEN");
  await quickInput.accept();
  await quickInput.pick("Done");
  await quickInput.waitForRow("Build shop:latest");
  await take("options");
  await quickInput.cancel();
  await explorer.choose("Dockerfile", "Push to ECR…");
  await quickInput.waitForQuestion(/^Repository in /);
  await quickInput.type("team/site");
  await quickInput.pick("Create “team/site”…");
  await quickInput.pick("Mutable tags");
  await eventually(async () => {
    if ((await quickInput.labels()).length < 2) throw new Error("no suggestions yet");
  });
  await quickInput.tick("main");
  await take("tags");
  await quickInput.accept();
  await quickInput.pick("Fargate, ECS or EKS on x86-64");
  await quickInput.pick("workspace/site");
  await notifications.waitFor(/is in ECR/);
  await notifications.press(/is in ECR/, "Show in Sidebar");
  const tree = sidebar.view("Registries");
  await tree.waitFor(/^[0-9a-f]{7}/);
  await tree.expand("ml/experiment-00001");
  await tree.waitFor("v4");
  await take("sidebar");
  await notifications.waitUntilGone(/is in ECR/);
  await takeDetails(tree);
  await quickInput.run("ECR: Check My Setup");
  const setup = new SetupPage(workbench);
  await setup.waitUntilDone();
  await setup.scrollTo(/^Next push/);
  await take("setup");
  await quickInput.run("View: Close All Editors");
  await sidebar.fold("Registries");
  await sidebar.open("Explorer");
  // The message of its progress would hide the output.
  const toggleMessages = "Notifications: Toggle Do Not Disturb Mode";
  await quickInput.run(toggleMessages);
  await quickInput.run("View: Close All Editors");
  await explorer.choose("app.Dockerfile", "Build Image…");
  await quickInput.waitForPrompt(/^Name of the local image/);
  await quickInput.type("team/app:1.4.0");
  await quickInput.accept();
  await quickInput.pick("This engine's platform");
  await sidebar.open("ECR");
  const builds = sidebar.view("Builds");
  await builds.expand("team/app:1.4.0");
  await builds.waitFor(/^RUN for module/);
  await builds.click(/^RUN for module/);
  await page.locator(".part.editor .tab.active").waitFor();
  await builds.pressInline("team/app:1.4.0", "Show Output");
  await page.mouse.move(700, 200);
  await eventually(async () => {
    if (!/compiled mail/.test(await workbench.terminalText())) throw new Error("not yet");
  });
  await take("builds");
  await builds.pressInline("team/app:1.4.0", "Cancel Build");
  await quickInput.run(toggleMessages);
  await quickInput.run("View: Hide Panel");
  await writeSparse("data/events.parquet", 910_000_000);
  await writeSparse("models/base.safetensors", 460_000_000);
  await sidebar.open("Explorer");
  await explorer.choose("trainer.Dockerfile", "Build Image…");
  await quickInput.type("trainer:latest");
  await quickInput.accept();
  await quickInput.pick("This engine's platform");
  await quickInput.waitForTitle(/^Build context: /);
  await take("context");
  await quickInput.cancel();
  await takeStatus();
} finally {
  await opened.close();
}

/** Takes the page of an image, at its layers and findings. */
async function takeDetails(tree: TreeView): Promise<void> {
  const contents = new EcrContents(ecr.origin);
  await contents.create("shop/api", "MUTABLE");
  const registry = new RegistryClient(ecr.origin, await contents.newPassword());
  await fillRepository(registry, new LocalEcrControl(ecr.origin), "shop/api", "ready");
  await quickInput.run("ECR: Refresh Registries");
  await tree.expand("shop/api");
  await tree.choose("1.1.0", "Show Image Details");
  const details = new ImagePage(workbench);
  await details.waitUntilRead("shop/api:1.1.0");
  await details.scrollTo("layers");
  await take("details");
  await quickInput.run("View: Close All Editors");
}

/** Takes the status bar while a session ends that nobody but a person can renew. */
async function takeStatus(): Promise<void> {
  const inMinutes = (minutes: number): string =>
    new Date(Date.now() + minutes * 60_000).toISOString();
  const keys = `aws_access_key_id = ${localAccount}\naws_secret_access_key = opens-nothing\n`;
  const session = `aws_session_token = picture\nx_security_token_expires = ${inMinutes(24.9)}\n`;
  const profile = `[profile prod]\nregion = ${localRegion}\nservices = local-ecr\n${keys}${session}`;
  const folder = path.dirname(opened.workspaceFolder);
  await appendFile(path.join(folder, "aws", "config"), profile);
  const expiration = Math.floor(Date.now() / 1000) + 3 * 3600;
  const password = Buffer.from(JSON.stringify({ expiration })).toString("base64");
  const auth = Buffer.from(`AWS:${password}`).toString("base64");
  const auths = { "123456789012.dkr.ecr.eu-west-1.amazonaws.com": { auth } };
  await mkdir(path.join(folder, "docker"), { recursive: true });
  await writeFile(path.join(folder, "docker", "config.json"), JSON.stringify({ auths }));
  await quickInput.run("ECR: Choose Profile or Region…");
  await quickInput.pick("prod");
  await quickInput.waitForQuestion(/^AWS region/);
  await quickInput.accept();
  await quickInput.run("ECR: Renew Login Token");
  const ending = /^The AWS session of profile prod ends in/;
  await notifications.waitFor(ending);
  await page.locator(`[id$=".status"] .statusbar-item-label`).first().hover();
  await page.locator(".monaco-hover", { hasText: "Docker CLI in terminals" }).waitFor();
  await take("status");
}

/** Makes a file of this size that takes no room. */
async function writeSparse(name: string, sizeBytes: number): Promise<void> {
  const file = path.join(opened.workspaceFolder, name);
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, "w");
  await handle.truncate(sizeBytes);
  await handle.close();
}
