import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LocalEcrControl } from "../localEcr/control.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import { eventually } from "./eventually.js";
import { openWorkbench, type OpenedWorkbench } from "./openWorkbench.js";

let opened: OpenedWorkbench;
let stranger: Server;
let folder: string;
let ran: string;
const asked: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "ecr-trust-"));
  ran = path.join(folder, "program-ran");
  stranger = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(500).end();
  }).listen(0, "127.0.0.1");
  await once(stranger, "listening");
  const address = stranger.address();
  const port = typeof address === "object" && address ? address.port : 0;
  opened = await openWorkbench({
    isUntrusted: true,
    settings: { "ecr.profile": "mine" },
    files: {
      ".vscode/settings.json": JSON.stringify({
        "ecr.profile": "theirs",
        "ecr.region": "us-east-1",
        "ecr.endpoint": `http://127.0.0.1:${String(port)}`,
      }),
    },
    env: {
      AWS_CONFIG_FILE: path.join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "credentials"),
    },
  });
  const { origin } = opened.ecr;
  const answer = { Version: 1, AccessKeyId: localAccount, SecretAccessKey: "opens-nothing" };
  await writeFile(path.join(folder, "answer.json"), JSON.stringify(answer));
  const program = `touch ${ran} && cat ${path.join(folder, "answer.json")}`;
  const common = `region = ${localRegion}\nservices = local\n`;
  await writeFile(
    path.join(folder, "config"),
    `[profile mine]\n${common}[profile theirs]\n${common}credential_process = sh -c '${program}'\n[services local]\necr =\n  endpoint_url = ${origin}\nsts =\n  endpoint_url = ${origin}\n`,
  );
  await writeFile(
    path.join(folder, "credentials"),
    `[mine]\naws_access_key_id = ${localAccount}\naws_secret_access_key = opens-nothing\n`,
  );
});
afterAll(async () => {
  await opened.close();
  stranger.close();
  await rm(folder, { recursive: true, force: true });
});

/** Tells how often the user's own ECR was asked for its repositories. */
async function countListings(): Promise<number> {
  const requests = await new LocalEcrControl(opened.ecr.origin).requests();
  return requests.filter(({ operation }) => operation === "DescribeRepositories").length;
}

test("an untrusted workspace names neither endpoint nor profile, and browsing goes on", async () => {
  await opened.workbench.sidebar.open("ECR");
  await opened.workbench.sidebar.waitForWelcome("Registries", /^No repositories in this registry/);
  expect(await countListings()).toBeGreaterThan(0);
  expect(asked).toEqual([]);
  expect(existsSync(ran)).toBe(false);
  await opened.workbench.screenshot("trust-1-browsing");
});

test("what builds or pushes says why it does not, until the workspace is trusted", async () => {
  const { quickInput, notifications, page, explorer } = opened.workbench;
  const refusal =
    "Push to ECR needs a trusted workspace. In this one ECR only browses, with your user settings.";
  await opened.workbench.sidebar.open("Explorer");
  await explorer.expand("site");
  await explorer.choose("Dockerfile", "Push to ECR…");
  expect(await notifications.waitFor(refusal)).toBe(refusal);
  expect(await notifications.buttons(refusal)).toEqual(["Manage Workspace Trust", "Show Log"]);
  await opened.workbench.screenshot("trust-2-refused");
  await notifications.press(refusal, "Manage Workspace Trust");
  await page.getByRole("button", { name: "Trust", exact: true }).click();

  // Now the workspace's own profile counts; its endpoint never does.
  await quickInput.run("ECR: Renew Login Token");
  await eventually(() => {
    expect(existsSync(ran)).toBe(true);
  });
  expect(asked).toEqual([]);
});
