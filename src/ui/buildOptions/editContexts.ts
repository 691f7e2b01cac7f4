import * as vscode from "vscode";
import {
  formatContext,
  type NamedContext,
  parseNamedContext,
} from "../../core/build/namedContext.js";
import { mapAnswer, type StepAnswer } from "../wizard.js";
import { absolutePath } from "./absolutePath.js";
import { editEntries } from "./editEntries.js";
import { choose, type Sheet, type SheetState } from "./sheet.js";

type Entry = readonly [name: string, context: NamedContext];

/** Lists further contexts by their names and lets them be changed, until people are done. */
export async function editContexts(
  sheet: Sheet,
  state: SheetState,
): Promise<StepAnswer<SheetState>> {
  const { t } = vscode.l10n;
  const answer = await editEntries<Entry>(sheet, Object.entries(state.choices.contexts), {
    placeholder: t("Contexts that FROM, COPY --from and RUN --mount name"),
    add: t("Add a Context…"),
    prompt: t("A name, and a folder, an image or a URL"),
    example: "assets=../assets, base=docker-image://node:24",
    icon: "files",
    name: ([name]) => name,
    describe: ([, context]) => contextText(context),
    format: ([name, context]) => `${name}=${formatContext(context)}`,
    parse: (text) => {
      const [name, context] = parseNamedContext(text);
      if (context.kind !== "folder") return [name, context];
      return [name, { kind: "folder", path: absolutePath(sheet, context.path) }];
    },
    check: ([, context]) => reasonAgainstContext(context),
  });
  return mapAnswer(answer, (entries) => choose(state, { contexts: Object.fromEntries(entries) }));
}

function contextText(context: NamedContext): string {
  if (context.kind !== "folder") return formatContext(context);
  return vscode.workspace.asRelativePath(context.path);
}

async function reasonAgainstContext(context: NamedContext): Promise<string | undefined> {
  if (context.kind !== "folder") return undefined;
  const { t } = vscode.l10n;
  try {
    const { type } = await vscode.workspace.fs.stat(vscode.Uri.file(context.path));
    return type & vscode.FileType.Directory ? undefined : t("{0} is no folder", context.path);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") {
      return t("{0} does not exist", context.path);
    }
    // What else may be wrong with it is told when the build begins.
    return undefined;
  }
}
