import * as vscode from "vscode";
import type { RegistriesView } from "../explorer/registriesView.js";

/** Time from the last key to the rows: VS Code loses rows that are asked for while it fetches some. */
const PAUSE_MS = 150;

/** *Find Repositories…*: narrows the rows while somebody types; leaving brings the former ones back. */
export async function filterRepositories(explorer: RegistriesView, title: string): Promise<void> {
  await vscode.commands.executeCommand("ecr.registries.focus");
  const tree = await explorer.tree();
  const { arrangement } = tree;
  const former = arrangement.filter?.text ?? "";
  const box = vscode.window.createInputBox();
  box.title = title;
  box.value = former;
  box.placeholder = vscode.l10n.t("Parts of a name, such as team api");
  box.ignoreFocusOut = true;
  let pause: ReturnType<typeof setTimeout> | undefined;
  try {
    const isKept = await new Promise<boolean>((resolve) => {
      box.onDidChangeValue((text) => {
        clearTimeout(pause);
        pause = setTimeout(() => {
          arrangement.setFilter(text);
        }, PAUSE_MS);
      });
      box.onDidAccept(() => {
        resolve(true);
      });
      box.onDidHide(() => {
        resolve(false);
      });
      box.show();
    });
    arrangement.setFilter(isKept ? box.value : former);
    if (!isKept || !arrangement.filter) return;
    for (const node of tree.registriesWithMatches()) {
      await explorer.view.reveal(node, { expand: true, select: false, focus: false });
    }
  } finally {
    clearTimeout(pause);
    box.dispose();
  }
}
