import * as vscode from "vscode";
import type { CleanUpItem } from "../../core/changes/cleanUp/planCleanUp.js";
import { pickOne } from "../pickOne.js";
import { askChecked } from "../steps/askChecked.js";
import type { StepPosition } from "../wizard.js";
import { amountText, nameOf } from "./pickItems.js";

/** What becomes of images that are cleaned up. */
export type Removal = "delete" | "archive";

/** More images than this take a typed name rather than a click. */
const MAX_BY_CLICK = 20;
/** More images than this are counted, not named. */
const MAX_NAMED = 10;

/** Asks what becomes of the images, and whether that is meant; undefined on leaving. */
export async function askRemoval(
  title: string,
  repository: string,
  items: readonly CleanUpItem[],
): Promise<Removal | undefined> {
  const { t } = vscode.l10n;
  const position: StepPosition = { title, step: 1, totalSteps: 1, canGoBack: false };
  const active = items.filter(({ image }) => image.status === "active");
  const answer = await pickOne<Removal>(position, {
    placeholder: t("What becomes of them?"),
    load: (show) => {
      show([
        {
          label: t("Delete"),
          description: amountText(items),
          detail: t("Deleted images can't be brought back."),
          iconPath: new vscode.ThemeIcon("trash"),
          value: "delete",
        },
        ...(active.length === 0
          ? []
          : [
              {
                label: t("Archive"),
                description: amountText(active),
                detail: t(
                  "Archived images can't be pulled until restored; billed for 90 days at least.",
                ),
                iconPath: new vscode.ThemeIcon("archive"),
                value: "archive" as const,
              },
            ]),
      ]);
      return Promise.resolve();
    },
  });
  if (answer.kind !== "answer") return undefined;
  const removal = answer.value;
  const isAgreed =
    removal === "delete" && items.length > MAX_BY_CLICK
      ? await isTyped(repository, items, position)
      : await isClicked(repository, removal, removal === "archive" ? active : items);
  return isAgreed ? removal : undefined;
}

async function isTyped(
  repository: string,
  items: readonly CleanUpItem[],
  position: StepPosition,
): Promise<boolean> {
  const { t } = vscode.l10n;
  const prompt = t(
    "{0} of {1} will be deleted. Type {1} to delete them.",
    amountText(items),
    repository,
  );
  const check = (text: string): string | undefined =>
    text === repository ? undefined : t("Type {0}", repository);
  const answer = await askChecked({ prompt, placeholder: repository, check }, position);
  return answer.kind === "answer";
}

async function isClicked(
  repository: string,
  removal: Removal,
  items: readonly CleanUpItem[],
): Promise<boolean> {
  const { t } = vscode.l10n;
  const amount = amountText(items);
  const more = items.length - MAX_NAMED;
  const detail = [
    ...items.slice(0, MAX_NAMED).map(({ image }) => nameOf(image)),
    ...(more > 0 ? [t("and {0} more", more)] : []),
  ].join("\n");
  const [message, button] =
    removal === "delete"
      ? [t("Delete {0} of {1}?", amount, repository), t("Delete")]
      : [t("Archive {0} of {1}?", amount, repository), t("Archive")];
  const options = { modal: true, detail };
  return (await vscode.window.showWarningMessage(message, options, button)) === button;
}
