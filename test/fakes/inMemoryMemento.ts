import type * as vscode from "vscode";

/** The state of a workspace: what goes in must survive JSON, as VS Code writes it to disk. */
export class InMemoryMemento implements vscode.Memento {
  readonly #values = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get: vscode.Memento["get"] = (key: string, defaultValue?: unknown): unknown => {
    const text = this.#values.get(key);
    return text === undefined ? defaultValue : (JSON.parse(text) as unknown);
  };

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}
