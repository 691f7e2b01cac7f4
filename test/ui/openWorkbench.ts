import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startLocalEcr, type LocalEcr } from "../localEcr/server.js";
import { holdsCanary, refuseCanary } from "../machine/findCanary.js";
import { outFolder, projectFolder } from "../machine/folders.js";
import { startBrowser } from "../machine/vscode/browser.js";
import { startVsCodeServer } from "../machine/vscode/vsCodeServer.js";
import { copySampleWorkspace } from "../playground/copySampleWorkspace.js";
import { localProfile, writeAwsConfig } from "../playground/writeAwsConfig.js";
import { removeImages } from "./removeImages.js";
import { Workbench } from "./workbench.js";

/** What a UI test may choose. */
export interface OpenOptions {
  /** User settings on top of the quiet ones and `ecr.profile`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables for the extension host; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * More files for the workspace, by their path in it. They are there before the window, which
   * doesn't see files that come while it opens.
   */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Whether nobody has said yet that the workspace is to be trusted; default: it is. */
  readonly isUntrusted?: boolean;
  /** The engine, as in `DOCKER_HOST`; default: the first of `ECR_TEST_DOCKER_HOSTS`. */
  readonly engineHost?: string;
  /** How long login tokens live; ECR's 12 hours by default. */
  readonly tokenLifeSeconds?: number;
}

/** A window on a sample workspace with the extension in it, a local ECR behind, an engine beneath. */
export interface OpenedWorkbench {
  readonly workbench: Workbench;
  /** The local ECR that the profile `local` points to. */
  readonly ecr: LocalEcr;
  /** The temporary copy of test/playground/sample: a git repository with one commit on `main`. */
  readonly workspaceFolder: string;
  /** User data of this VS Code; its `logs` folder has every output channel in full. */
  readonly userFolder: string;
  /** Closes the window and stops and removes all that was started for it. */
  close(): Promise<void>;
}

/** A workspace that nobody was asked about is not trusted. */
const UNTRUSTED = {
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
};

/**
 * Opens VS Code as a person would have it: the built extension from `dist/` (run `npm run build`
 * first), its own profile, its own AWS files. Nothing of the user's is read or written.
 */
export async function openWorkbench(options: OpenOptions = {}): Promise<OpenedWorkbench> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-ui-"));
  const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    let failure: unknown;
    // All that was started is stopped, whatever one of them says.
    for (const closeOne of closers.splice(0).reverse()) {
      await closeOne().catch((error: unknown) => (failure ??= error));
    }
    if (failure instanceof Error) throw failure;
  };
  try {
    const workspaceFolder = path.join(folder, "workspace");
    await copySampleWorkspace(workspaceFolder);
    for (const [name, content] of Object.entries(options.files ?? {})) {
      const file = path.join(workspaceFolder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    const { tokenLifeSeconds } = options;
    const life = tokenLifeSeconds === undefined ? {} : { tokenLifeSeconds };
    const ecr = await startLocalEcr({ dataDir: path.join(folder, "ecr"), ...life });
    closers.push(() => ecr.close());
    const engineHost = options.engineHost ?? process.env["ECR_TEST_DOCKER_HOSTS"]?.split(",")[0];
    if (engineHost) closers.push(() => removeImages(engineHost, `${ecr.host}/`));
    const server = await startVsCodeServer({
      extensionFolders: [projectFolder],
      settings: {
        "ecr.profile": localProfile,
        ...(options.isUntrusted === true && UNTRUSTED),
        ...options.settings,
      },
      asksForTrust: options.isUntrusted === true,
      env: {
        DOCKER_HOST: engineHost,
        DOCKER_CONTEXT: undefined,
        DOCKER_CONFIG: path.join(folder, "docker"),
        ...(await writeAwsConfig(path.join(folder, "aws"), ecr.origin)),
        ...options.env,
      },
    });
    closers.push(() => server.stop());
    // Before it is removed, and while the folder of the workspace is there as well.
    closers.push(() => refuseCanary([folder, server.userFolder]));
    closers.push(() => keepLog(server.userFolder));
    const browser = await startBrowser();
    closers.push(() => browser.close());
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const shown: string[] = [];
    page.on("console", (message) => shown.push(message.text()));
    closers.push(async () => {
      if (holdsCanary(`${shown.join("\n")}${await page.content()}`)) {
        throw new Error("a login token stands in the window or in what it wrote to its console");
      }
    });
    closers.push(() => page.screenshot({ path: path.join(outFolder, "last-window.png") }));
    await page.goto(server.pageUrl({ folder: workspaceFolder }), { waitUntil: "commit" });
    const workbench = new Workbench(page, await readExtensionId());
    await workbench.waitUntilReady();
    await workbench.explorer.waitFor("site");
    await workbench.sidebar.waitForContainer("ECR");
    return { workbench, ecr, workspaceFolder, userFolder: server.userFolder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Copies the extension's log beside the last screenshot, for a look after a failure. */
async function keepLog(userFolder: string): Promise<void> {
  const logs = path.join(userFolder, "logs");
  const files = await readdir(logs, { recursive: true }).catch(() => []);
  const log = files.find((file) => path.basename(file) === "ECR.log");
  if (log !== undefined)
    await copyFile(path.join(logs, log), path.join(outFolder, "last-window.log"));
}

async function readExtensionId(): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(projectFolder, "package.json"), "utf8")) as {
    publisher: string;
    name: string;
  };
  return `${manifest.publisher}.${manifest.name}`;
}
