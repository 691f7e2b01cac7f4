import { execFile } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { LocalEcrControl } from "../localEcr/control.js";
import { projectFolder } from "../machine/folders.js";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";
import type { BenchRun } from "./benchRun.js";
import { startBenchEcr } from "./openLocalEcr.js";

/** How a list is read: as the tree does, only its pages, or as the AWS Toolkit does. */
export type ReadingWay = "ours" | "pages" | "peer";

/** What one reading of a long list cost; times in ms, the heap in millions of bytes. */
export interface ReadingCost {
  readonly rows: number;
  /** From the beginning to the first rows. */
  readonly firstMs: number;
  readonly totalMs: number;
  /** What the heap grew by, with the list in it. */
  readonly heapMb: number;
  readonly blockMs: number;
  readonly workMs: number;
}

/** What a long list of images cost as the tree holds it; the heap in millions of bytes. */
export interface ImageRowsCost {
  readonly rows: number;
  /** What the heap grew by, with the list and the index of the search in it. */
  readonly heapMb: number;
  /** For how long a key or an order held the event loop at most, in ms of work. */
  readonly filterMs: number;
  readonly sortMs: number;
  readonly findMs: number;
}

/** What each answer takes longer than on this machine, in ms. */
const CALL_MS = 20;
/** So slow that nothing but waiting for answers counts, in ms. */
const SLOW_CALL_MS = 1_000;
const REPOSITORIES = 10_000;
const IMAGES = 100_000;

/** A seeded local ECR, and processes of their own that read its lists. */
export class ExplorerRig {
  private constructor(
    private readonly largeRepository: string,
    private readonly control: LocalEcrControl,
  ) {}

  /** Starts a rig that ends with the run; the run's scale is how much is seeded. */
  static async start(run: BenchRun): Promise<ExplorerRig> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "ecr-bench-"));
    const ecr = await startBenchEcr(run, folder);
    const control = new LocalEcrControl(ecr.origin);
    const place = { account: localAccount, region: localRegion };
    const repositories = Math.ceil(REPOSITORIES * run.scale) - 1;
    await control.seed({ ...place, repositories, images: 1 });
    const images = Math.ceil(IMAGES * run.scale);
    const { first } = await control.seed({ ...place, repositories: 1, images, prefix: "large" });
    const rig = new ExplorerRig(first, control);
    // It makes seeded images when they are first looked at.
    await rig.readImages("pages");
    await rig.readRepositories("pages");
    await control.latency(CALL_MS);
    return rig;
  }

  /** Reads all repositories. */
  readRepositories(way: ReadingWay): Promise<ReadingCost> {
    return this.#read(way, []);
  }

  /** Tells how many answers of AWS the first rows of repositories wait for, one after another. */
  async countRoundTrips(): Promise<number> {
    await this.control.latency(SLOW_CALL_MS);
    const { firstMs } = await this.readRepositories("ours");
    await this.control.latency(CALL_MS);
    return Math.floor(firstMs / SLOW_CALL_MS);
  }

  /** Reads all images of the large repository. */
  readImages(way: ReadingWay): Promise<ReadingCost> {
    return this.#read(way, [this.largeRepository]);
  }

  /** Reads all images of the large repository as the tree does, then filters, sorts, finds them. */
  async arrangeImages(): Promise<ImageRowsCost> {
    const stdout = await runClient(["test/bench/imageRowsClient.ts", this.largeRepository]);
    return JSON.parse(stdout) as ImageRowsCost;
  }

  async #read(way: ReadingWay, more: readonly string[]): Promise<ReadingCost> {
    const stdout = await runClient(["test/bench/explorerClient.ts", way, ...more]);
    return JSON.parse(stdout) as ReadingCost;
  }
}

async function runClient(program: readonly string[]): Promise<string> {
  const node = ["--expose-gc", "--import", "tsx", ...program];
  const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: projectFolder });
  return stdout;
}
