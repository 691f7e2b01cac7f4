import * as vscode from "vscode";
import { parseRepositoryName } from "../../core/imageReference.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { TagMutability } from "../../core/registry.js";
import type { RegistryChoice } from "../registryChoice.js";
import { askText } from "../steps/askText.js";
import { pickMutability } from "../steps/pickMutability.js";
import { registryLabel } from "../registryLabel.js";
import { mapAnswer, runWizard } from "../wizard.js";

interface RepositoryDraft {
  readonly name?: string;
  readonly tagMutability?: TagMutability["default"];
}

/** *Create Repository…*: asks for a name and tag rule, and creates the repository. */
export async function createRepository(
  ports: { readonly choice: RegistryChoice; readonly registries: OpenRegistries },
  title: string,
  onCreated: (name: string) => void,
): Promise<void> {
  const location = await ports.choice.locate();
  const draft = await runWizard<RepositoryDraft>(
    title,
    [
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const prompt = vscode.l10n.t(
            "Name of the repository in {0}, such as team/api",
            registryLabel(location),
          );
          const answer = await askText(prompt, given.name ?? "", parseRepositoryName, position);
          return mapAnswer(answer, (name) => ({ ...given, name }));
        },
      },
      {
        isNeeded: () => true,
        ask: async (given, position) =>
          mapAnswer(await pickMutability(given.name ?? "", position), (tagMutability) => ({
            ...given,
            tagMutability,
          })),
      },
    ],
    {},
  );
  if (draft?.name === undefined) return;
  const { name, tagMutability = "mutable" } = draft;
  const registry = await ports.registries.open(location);
  await registry.createRepository({ name, tagMutability }, AbortSignal.timeout(60_000));
  onCreated(name);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Repository {0} created.", name), 5000);
}
