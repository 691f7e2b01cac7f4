import * as vscode from "vscode";
import { parseRepositoryName } from "../../core/imageReference.js";
import type { NewRepository, TagMutability } from "../../core/registry.js";
import type { RegistryNode } from "../explorer/registryNodes.js";
import { logFailure } from "../failureLog.js";
import { type ChangePorts, patience } from "../manage/changePorts.js";
import { type KnownNames, readNames } from "../manage/knownNames.js";
import { askToCreate } from "../manage/newRepositorySheet.js";
import { askChecked } from "../steps/askChecked.js";
import { pickMutability } from "../steps/pickMutability.js";
import type { RegistryChoice } from "../registryChoice.js";
import { registryLabel } from "../registryLabel.js";
import { reasonAgainst } from "../tryParse.js";
import { mapAnswer, runWizard } from "../wizard.js";

interface RepositoryDraft {
  readonly name?: string;
  readonly rule?: TagMutability["default"];
  readonly wanted?: NewRepository;
}

/** *Create Repository…*: asks for a name, the tag rule and rare options, and creates it. */
export async function createRepository(
  ports: ChangePorts,
  choice: RegistryChoice,
  title: string,
  target: RegistryNode | undefined,
): Promise<void> {
  const location = isRegistryRow(target) ? target.location : await choice.locate();
  const registry = await ports.registries.open(location);
  const names = readNames(registry, (error) => {
    logFailure(ports.log, "read the names that are taken", error);
  });
  const draft = await askRepository(title, registryLabel(location), location.region, names).finally(
    () => {
      names.stop();
    },
  );
  if (!draft?.wanted) return;
  const { name } = draft.wanted;
  await registry.createRepository(draft.wanted, patience());
  ports.refreshRegistry(location);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Repository {0} created.", name), 5000);
}

function askRepository(
  title: string,
  registryName: string,
  region: string,
  names: KnownNames,
): Promise<RepositoryDraft | undefined> {
  const { t } = vscode.l10n;
  const check = (text: string): string | undefined => {
    const taken = names.has(text) ? t("A repository of this name exists") : undefined;
    return reasonAgainst(parseRepositoryName, text) ?? taken;
  };
  return runWizard<RepositoryDraft>(
    title,
    [
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const prompt = t("Name of the repository in {0}, such as team/api", registryName);
          const answer = await askChecked({ prompt, proposal: given.name ?? "", check }, position);
          return mapAnswer(answer, (name) => ({ ...given, name }));
        },
      },
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const placeholder = t("Tags of the new repository {0}", given.name ?? "");
          const answer = await pickMutability(placeholder, position, given.rule);
          return mapAnswer(answer, (rule) => ({ ...given, rule }));
        },
      },
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const { name = "", rule = "mutable" } = given;
          const wanted = { ...given.wanted, name, tagMutability: rule };
          const answer = await askToCreate(wanted, region, position);
          return mapAnswer(answer, (ready) => ({ ...given, wanted: ready }));
        },
      },
    ],
    {},
  );
}

/** Buttons of the view itself may pass something of VS Code's own. */
function isRegistryRow(target: RegistryNode | undefined): target is RegistryNode {
  return target?.kind === "registry";
}
