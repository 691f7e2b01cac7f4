import { Journal } from "./journal.js";
import type { CreationTemplate, PullThroughRule, RepositoryRecord } from "./records.js";

type Entry =
  | { readonly put: RepositoryRecord }
  | { readonly deleted: string }
  | { readonly template: CreationTemplate }
  | { readonly pullThrough: PullThroughRule }
  | { readonly seeded: RepositorySeed };

/** Many equal repositories, kept as one line. */
export interface RepositorySeed {
  readonly names: { readonly prefix: string; readonly count: number };
  readonly record: Omit<RepositoryRecord, "name">;
}

/** The repositories of one account in one region, in memory and in a journal. */
export class RegistryTable {
  readonly #repositories = new Map<string, RepositoryRecord>();
  readonly #templates = new Map<string, CreationTemplate>();
  readonly #pullThroughRules = new Map<string, PullThroughRule>();
  readonly #journal: Journal<Entry>;
  /** The names in lexical order, or undefined when a change made them stale. */
  #names: readonly string[] | undefined;

  constructor(journalPath: string) {
    this.#journal = new Journal(journalPath);
    for (const entry of this.#journal.read()) this.#replay(entry);
  }

  find(name: string): RepositoryRecord | undefined {
    return this.#repositories.get(name);
  }

  /** Returns every repository name in lexical order. */
  names(): readonly string[] {
    this.#names ??= [...this.#repositories.keys()].sort();
    return this.#names;
  }

  /** Returns the templates by prefix, longest first, so that the first match is the nearest. */
  templates(): CreationTemplate[] {
    return [...this.#templates.values()].sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /** Returns the pull-through cache rules in the order of their prefixes. */
  pullThroughRules(): PullThroughRule[] {
    return [...this.#pullThroughRules.values()].sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
  }

  putPullThroughRule(pullThrough: PullThroughRule): void {
    this.#record({ pullThrough });
  }

  put(record: RepositoryRecord): void {
    this.#record({ put: record });
  }

  delete(name: string): void {
    this.#record({ deleted: name });
  }

  putTemplate(template: CreationTemplate): void {
    this.#record({ template });
  }

  seed(seeded: RepositorySeed): void {
    this.#record({ seeded });
  }

  #record(entry: Entry): void {
    this.#journal.append(entry);
    this.#replay(entry);
  }

  #replay(entry: Entry): void {
    if ("template" in entry) {
      this.#templates.set(entry.template.prefix, entry.template);
      return;
    }
    if ("pullThrough" in entry) {
      this.#pullThroughRules.set(entry.pullThrough.prefix, entry.pullThrough);
      return;
    }
    // A record that replaces one of the same name leaves the order of names as it is.
    if (!("put" in entry) || !this.#repositories.has(entry.put.name)) this.#names = undefined;
    if ("put" in entry) this.#repositories.set(entry.put.name, entry.put);
    else if ("deleted" in entry) this.#repositories.delete(entry.deleted);
    else {
      const { prefix, count } = entry.seeded.names;
      for (let number = 1; number <= count; number++) {
        const name = seededRepositoryName(prefix, number);
        this.#repositories.set(name, { ...entry.seeded.record, name });
      }
    }
  }
}

/** Returns the name of a seeded repository; numbers start at 1. */
export function seededRepositoryName(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(5, "0")}`;
}
