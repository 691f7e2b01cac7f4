import type * as vscode from "vscode";
import type { Registry } from "../../core/ports.js";
import { type CreationTemplate, findPushTemplate } from "../../core/registry.js";
import {
  findPullThroughRule,
  type PullThroughRule,
} from "../../core/repositories/registrySettings.js";
import { logFailure } from "../failureLog.js";

/** What was read, or why it could not be. */
type Read<T> =
  | { readonly kind: "pending" }
  | { readonly kind: "read"; readonly items: readonly T[] }
  | { readonly kind: "failed"; readonly error: unknown };

/** What a registry says about repositories by their names: where copies come from, who makes them. */
export class RegistryFacts {
  #rules: Read<PullThroughRule> = { kind: "pending" };
  #templates: Read<CreationTemplate> = { kind: "pending" };

  /** Begins to read; each part that can't be read is left out, and `onKnown` hears of what is told. */
  constructor(
    open: () => Promise<Registry>,
    log: vscode.LogOutputChannel,
    signal: AbortSignal,
    onKnown: () => void,
  ) {
    const read = async <T>(
      what: string,
      ask: (registry: Registry) => Promise<readonly T[]>,
      keep: (found: Read<T>) => void,
    ): Promise<void> => {
      try {
        const items = await ask(await open());
        keep({ kind: "read", items });
        if (items.length > 0 && !signal.aborted) onKnown();
      } catch (error) {
        if (signal.aborted) return;
        keep({ kind: "failed", error });
        logFailure(log, `read ${what}`, error);
      }
    };
    void read(
      "pull-through cache rules",
      ({ settings }) => settings.listPullThroughRules(signal),
      (rules) => (this.#rules = rules),
    );
    void read(
      "repository creation templates",
      (registry) => registry.listCreationTemplates(signal),
      (templates) => (this.#templates = templates),
    );
  }

  /** Why the pull-through cache rules are not known, if so. */
  get rulesFailure(): unknown {
    return this.#rules.kind === "failed" ? this.#rules.error : undefined;
  }

  /** Returns the registry whose images a repository copies, if any. */
  upstreamOf(repository: string): string | undefined {
    if (this.#rules.kind !== "read") return undefined;
    return findPullThroughRule(this.#rules.items, repository)?.upstream;
  }

  /** Returns the registry whose images exactly this namespace is for, if any. */
  upstreamFrom(path: string): string | undefined {
    if (this.#rules.kind !== "read") return undefined;
    const rule = this.#rules.items.find(({ prefix }) => prefix.replace(/\/$/, "") === path);
    return rule?.upstream;
  }

  /** Returns the template by which a push creates a repository of this name, if any. */
  templateOf(repository: string): CreationTemplate | undefined {
    return findPushTemplate(this.#pushTemplates(), repository);
  }

  /** Tells whether pushes create repositories in exactly this namespace. */
  createsOnPush(path: string): boolean {
    return this.#pushTemplates().some(
      ({ prefix, isForPushes }) => isForPushes && prefix.replace(/\/$/, "") === path,
    );
  }

  #pushTemplates(): readonly CreationTemplate[] {
    return this.#templates.kind === "read" ? this.#templates.items : [];
  }
}
