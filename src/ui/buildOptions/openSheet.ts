import type * as vscode from "vscode";
import type { OptionsPorts } from "./optionsPorts.js";
import type { Sheet } from "./sheet.js";

/** Reads what the options sheet of a Dockerfile shows; fails with `dockerfile-unreadable`. */
export async function openSheet(
  ports: OptionsPorts,
  title: string,
  { fsPath: dockerfile }: vscode.Uri,
): Promise<Sheet> {
  return {
    title,
    dockerfile,
    outline: await ports.readOutline(dockerfile),
    sources: await ports.secretSources(),
    describeEngine: async () => {
      const engine = await ports.engine();
      // An engine that is silent is told of when the build begins; the sheet does without.
      return await engine.describe(AbortSignal.timeout(5000)).catch(() => undefined);
    },
  };
}
