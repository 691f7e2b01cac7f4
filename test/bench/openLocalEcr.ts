import { makeOpenRegistry } from "../../src/aws/openRegistry.js";
import type { Registry } from "../../src/core/ports.js";
import { localProfile, localRegion, writeAwsConfig } from "../playground/writeAwsConfig.js";
import type { BenchRun } from "./benchRun.js";
import { startLocalEcrProcess } from "./localEcrProcess.js";

/** A local ECR of a run. */
export interface BenchEcr {
  /** Where it listens. */
  readonly origin: string;
  /** Opens its registry, each time anew. */
  readonly open: () => Registry;
}

/** Starts a local ECR as `startBenchEcr` does and returns the function that opens it. */
export async function openLocalEcr(run: BenchRun, folder: string): Promise<() => Registry> {
  return (await startBenchEcr(run, folder)).open;
}

/** Starts a local ECR that ends with the run; the AWS variables of this process name it from here on. */
export async function startBenchEcr(run: BenchRun, folder: string): Promise<BenchEcr> {
  const ecr = await startLocalEcrProcess(folder);
  run.own(() => ecr.stop());
  for (const [name, value] of Object.entries(await writeAwsConfig(folder, ecr.origin))) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
  // On Node 20 the SDK says that its versions of 2027 will want a newer one; VS Code has it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const location = { profile: localProfile, region: localRegion, endpoint: undefined };
  return { origin: ecr.origin, open: () => makeOpenRegistry()(location) };
}
