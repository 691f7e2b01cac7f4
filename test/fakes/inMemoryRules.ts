import { EcrError } from "../../src/core/errors.js";
import type {
  LifecycleEffect,
  PreviewLook,
} from "../../src/core/repositories/lifecycle/lifecyclePreview.js";
import type { RepositoryRules, ScanSettings } from "../../src/core/repositories/repositoryRules.js";
import type { Calls } from "./calls.js";

/** How many effects a look at a preview tells. */
const PAGE_SIZE = 2;

interface Preview {
  readonly policy: string;
  /** How many looks find it at work. */
  atWork: number;
}

/** The rules of repositories in memory, with a preview that takes its time. */
export class InMemoryRules implements RepositoryRules {
  /** The lifecycle policies of repositories, by name. */
  readonly lifecyclePolicies = new Map<string, string>();
  /** The repository policies, by name. */
  readonly repositoryPolicies = new Map<string, string>();
  /** What every lifecycle policy would do. */
  effects: readonly LifecycleEffect[] = [];
  /** How many looks find a preview at work. */
  looksAtWork = 0;
  /** How many more times another preview is under way when one is to begin. */
  busyStarts = 0;
  /** Whether ECR gives previews up. */
  givesUp = false;
  scanSettings: ScanSettings = { frequency: "manual", filters: [] };
  readonly #previews = new Map<string, Preview>();

  /** `check` fails for a repository that is not there. */
  constructor(
    private readonly calls: Calls,
    private readonly check: (repository: string) => void,
  ) {}

  async readLifecyclePolicy(repository: string, signal: AbortSignal): Promise<string | undefined> {
    await this.#begin("readLifecyclePolicy", repository, signal);
    return this.lifecyclePolicies.get(repository);
  }

  async putLifecyclePolicy(repository: string, policy: string, signal: AbortSignal): Promise<void> {
    await this.#begin("putLifecyclePolicy", repository, signal);
    this.lifecyclePolicies.set(repository, policy);
  }

  async deleteLifecyclePolicy(repository: string, signal: AbortSignal): Promise<void> {
    await this.#begin("deleteLifecyclePolicy", repository, signal);
    this.lifecyclePolicies.delete(repository);
  }

  async startLifecyclePreview(
    repository: string,
    policy: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#begin("startLifecyclePreview", repository, signal);
    if (this.busyStarts-- > 0) throw new EcrError({ kind: "lifecycle-preview-busy", repository });
    this.#previews.set(repository, { policy, atWork: this.looksAtWork });
  }

  async lookAtLifecyclePreview(
    repository: string,
    nextToken: string | undefined,
    signal: AbortSignal,
  ): Promise<PreviewLook> {
    await this.#begin("lookAtLifecyclePreview", repository, signal);
    const preview = this.#previews.get(repository);
    if (!preview) return { state: "none" };
    if (preview.atWork-- > 0) return { state: "at-work" };
    if (this.givesUp) return { state: "gave-up" };
    const at = Number(nextToken ?? 0);
    const end = at + PAGE_SIZE;
    const count = (wanted: LifecycleEffect["effect"]): number =>
      this.effects.filter(({ effect }) => effect === wanted).length;
    return {
      state: "done",
      policy: preview.policy,
      expiring: count("expire"),
      archiving: count("archive"),
      effects: this.effects.slice(at, end),
      nextToken: end < this.effects.length ? String(end) : undefined,
    };
  }

  async readRepositoryPolicy(repository: string, signal: AbortSignal): Promise<string | undefined> {
    await this.#begin("readRepositoryPolicy", repository, signal);
    return this.repositoryPolicies.get(repository);
  }

  async readScanSettings(repository: string, signal: AbortSignal): Promise<ScanSettings> {
    await this.#begin("readScanSettings", repository, signal);
    return this.scanSettings;
  }

  async #begin(call: string, repository: string, signal: AbortSignal): Promise<void> {
    await this.calls.begin(call, signal);
    this.check(repository);
  }
}
