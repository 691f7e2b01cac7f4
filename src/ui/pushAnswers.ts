import type * as vscode from "vscode";
import type { BuildChoices } from "../core/build/buildChoices.js";
import { parseBuildChoices } from "../core/build/parseBuildChoices.js";
import type { RegistryLocation, TagMutability } from "../core/registry.js";
import { isRunTarget, type RunTarget } from "../core/push/runTarget.js";
import type { PickedTag } from "./steps/pickTags.js";

/** What the wizard learned for a Dockerfile, so that the next push need not ask again. */
export interface PushAnswers {
  readonly registry: RegistryLocation;
  readonly repository: string;
  /** The tags with their sources: a tag made from the commit is made anew next time. */
  readonly tags: readonly PickedTag[];
  /** Where the image will run. */
  readonly runsOn: RunTarget;
  /** The options of the build, its platforms among them; undefined for what the Dockerfile says. */
  readonly options?: BuildChoices | undefined;
  /** Absolute path of the build context. */
  readonly context: string;
  /** Milliseconds that the last push took which ended well. */
  readonly tookMs?: number | undefined;
  /** How to create the repository; undefined once a push has reached it. */
  readonly create?: { readonly tagMutability: TagMutability["default"] } | undefined;
}

const STATE_KEY = "ecr.pushAnswers";

/** What may be kept, also by versions that knew platforms and not yet what runs on them. */
type KeptAnswers = Omit<PushAnswers, "runsOn"> & {
  readonly runsOn?: string;
  readonly platform?: string;
};

/** Remembers the last answers of each Dockerfile in the workspace's state. */
export class AnswerMemory {
  constructor(private readonly state: vscode.Memento) {}

  /** Returns the answers of the last push of this Dockerfile. */
  recall(dockerfile: vscode.Uri): PushAnswers | undefined {
    const kept = this.#all()[dockerfile.toString()];
    if (!kept) return undefined;
    const { platform, runsOn = "", options, ...rest } = kept;
    return {
      ...rest,
      runsOn: isRunTarget(runsOn) ? runsOn : targetOf(platform),
      ...(options ? { options: parseBuildChoices(options) } : {}),
    };
  }

  /** Remembers the answers, and that this Dockerfile was the last one. */
  async remember(dockerfile: vscode.Uri, answers: PushAnswers): Promise<void> {
    // The last one goes to the end, which is where `lastDockerfile` looks.
    const key = dockerfile.toString();
    const others = Object.entries(this.#all()).filter(([other]) => other !== key);
    await this.state.update(STATE_KEY, Object.fromEntries([...others, [key, answers]]));
  }

  /** Returns the URI of the Dockerfile that was pushed last. */
  lastDockerfile(): string | undefined {
    return Object.keys(this.#all()).at(-1);
  }

  #all(): Readonly<Record<string, KeptAnswers>> {
    return this.state.get(STATE_KEY, {});
  }
}

function targetOf(platform: string | undefined): RunTarget {
  if (platform === "linux/amd64") return "containers-amd64";
  return platform === "linux/arm64" ? "containers-arm64" : "anything";
}
