import type { ImageContents, ManifestText } from "../../src/core/images/imageContents.js";
import type { FindingsPage } from "../../src/core/images/imageDetails/findings.js";
import type { Referrer, Referrers } from "../../src/core/images/imageDetails/referrers.js";
import type { Calls } from "./calls.js";

/** The contents of the images of a registry in memory; what nobody set is as ECR has it: not there. */
export class InMemoryContents implements ImageContents {
  /** Configs by their digests. */
  readonly configs = new Map<string, string>();
  /** The pages of findings of images, by digest. */
  readonly findings = new Map<string, readonly FindingsPage[]>();
  /** What is about images, by digest. */
  readonly referrers = new Map<string, readonly Referrer[]>();

  constructor(
    private readonly calls: Calls,
    private readonly manifestOf: (repository: string, digest: string) => ManifestText | undefined,
  ) {}

  async readManifestText(
    repository: string,
    digest: string,
    signal: AbortSignal,
  ): Promise<ManifestText | undefined> {
    await this.calls.begin("readManifestText", signal);
    return this.manifestOf(repository, digest);
  }

  async readConfigText(_: string, digest: string, signal: AbortSignal): Promise<string> {
    await this.calls.begin("readConfigText", signal);
    return this.configs.get(digest) ?? "{}";
  }

  async *listFindings(
    _: string,
    digest: string,
    signal: AbortSignal,
  ): AsyncGenerator<FindingsPage, void> {
    const scan = { state: "none", note: undefined, completedAt: undefined, counts: {} } as const;
    for (const page of this.findings.get(digest) ?? [{ scan, findings: [], isCut: false }]) {
      await this.calls.begin("listFindings", signal);
      yield page;
    }
  }

  async readReferrers(_: string, digest: string, signal: AbortSignal): Promise<Referrers> {
    await this.calls.begin("readReferrers", signal);
    return { list: this.referrers.get(digest) ?? [], isCut: false };
  }
}
