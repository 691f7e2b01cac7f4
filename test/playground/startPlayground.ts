import { mkdir } from "node:fs/promises";
import path from "node:path";
import { startLocalEcr } from "../localEcr/server.js";
import { busyboxImage, importBaseImages } from "../machine/baseImages.js";
import { cacheFolder } from "../machine/folders.js";
import { NoPrivateEngine, startPrivateEngine } from "../machine/privateEngine.js";
import { copySampleWorkspace } from "./copySampleWorkspace.js";
import { localAccount, localProfile, localRegion, writeAwsConfig } from "./writeAwsConfig.js";

/** Everything that a person needs around VS Code to try the extension. */
export interface Playground {
  /** Where it keeps its data from one start to the next. */
  readonly folder: string;
  readonly workspaceFolder: string;
  /** The environment for VS Code: the generated AWS files and the engine. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The settings for VS Code. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What runs, one line each. */
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts an engine and a local ECR and lays out the sample workspace. The repositories and the
 * workspace stay in the cache folder; the engine's images go with it.
 */
export async function startPlayground(): Promise<Playground> {
  const folder = path.join(cacheFolder, "playground");
  await mkdir(folder, { recursive: true });
  const workspaceFolder = path.join(folder, "workspace");
  await copySampleWorkspace(workspaceFolder);
  const ecr = await startLocalEcr({ dataDir: path.join(folder, "ecr") });
  const aws = await writeAwsConfig(path.join(folder, "aws"), ecr.origin);
  const engine = await startEngine(path.join(folder, "docker")).catch(async (error: unknown) => {
    await ecr.close();
    throw error;
  });
  return {
    folder,
    workspaceFolder,
    env: { ...aws, ...engine.env },
    settings: { "ecr.profile": localProfile },
    lines: [
      `Local ECR      ${ecr.origin}, account ${localAccount}, ${localRegion}; AWS is not asked`,
      `Docker Engine  ${engine.line}`,
      `Workspace      ${workspaceFolder}`,
    ],
    stop: async () => {
      await engine.stop();
      await ecr.close();
    },
  };
}

interface PlaygroundEngine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly line: string;
  stop(): Promise<void>;
}

/** A private engine where one can run, else the user's own, which then gets no image from here. */
async function startEngine(configFolder: string): Promise<PlaygroundEngine> {
  try {
    const engine = await startPrivateEngine();
    const host = engine.host;
    const note = await importBaseImages(host).then(
      () => "",
      (error: unknown) => `; api/Dockerfile can't be built (${String(error)})`,
    );
    // A context or a config of the user's would lead to another engine, or to other passwords.
    const env = { DOCKER_HOST: host, DOCKER_CONTEXT: undefined, DOCKER_CONFIG: configFolder };
    return { env, line: `a private one at ${host}${note}`, stop: () => engine.stop() };
  } catch (error) {
    if (!(error instanceof NoPrivateEngine)) throw error;
    console.log(error.message);
    return {
      env: {},
      line: `your own, if there is one; api/Dockerfile needs ${busyboxImage}, which it won't have`,
      stop: () => Promise.resolve(),
    };
  }
}
