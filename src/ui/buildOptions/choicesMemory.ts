import type * as vscode from "vscode";
import type { BuildChoices } from "../../core/build/buildChoices.js";
import { parseBuildChoices } from "../../core/build/parseBuildChoices.js";

/** What the options sheet of a Dockerfile opens with. */
export interface KeptChoices {
  readonly choices: BuildChoices;
  /** The name of the local image, and the context that it was built from. */
  readonly image?: { readonly name: string; readonly context: string } | undefined;
}

const STATE_KEY = "ecr.buildChoices";

/** Remembers the last options of each Dockerfile in the workspace's state; never a secret. */
export class ChoicesMemory {
  constructor(private readonly state: vscode.Memento) {}

  /** Returns the last options of this Dockerfile; without any, or damaged ones, what it says itself. */
  recall(dockerfile: vscode.Uri): KeptChoices {
    const kept = this.#all()[dockerfile.toString()];
    const { choices, image } = isRecord(kept) ? kept : {};
    const { name, context } = isRecord(image) ? image : {};
    return {
      choices: parseBuildChoices(choices),
      image:
        typeof name === "string" && typeof context === "string" ? { name, context } : undefined,
    };
  }

  /** Remembers the options; an image that is not told stays as it was. */
  async remember(dockerfile: vscode.Uri, { choices, image }: KeptChoices): Promise<void> {
    const kept = { choices, image: image ?? this.recall(dockerfile).image };
    await this.state.update(STATE_KEY, { ...this.#all(), [dockerfile.toString()]: kept });
  }

  #all(): Readonly<Record<string, unknown>> {
    const all: unknown = this.state.get(STATE_KEY);
    return isRecord(all) ? all : {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
