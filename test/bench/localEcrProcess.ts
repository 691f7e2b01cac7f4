import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { projectFolder } from "../machine/folders.js";
import { keep } from "../machine/keeper.js";

/** A local ECR in a process of its own, so that its work is not on our event loop. */
export interface LocalEcrProcess {
  readonly origin: string;
  /** Stops it and removes `folder`. */
  stop(): Promise<void>;
}

/** Starts a local ECR with its data in a temporary folder named `ecr-…`, which goes away with it. */
export async function startLocalEcrProcess(folder: string): Promise<LocalEcrProcess> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "test/localEcr/main.ts", "--data", path.join(folder, "ecr")],
    { cwd: projectFolder, detached: true, stdio: ["ignore", "pipe", "inherit"] },
  );
  await once(child, "spawn");
  const stop = keep({ leader: child.pid ?? 0, folder });
  const lines = createInterface(child.stdout);
  const first = await Promise.race([once(lines, "line"), once(child, "exit")]);
  const origin: unknown = first[0];
  if (typeof origin === "string") return { origin, stop };
  await stop();
  throw new Error("the local ECR did not start");
}
