import * as vscode from "vscode";
import type { NewRepository } from "../../core/registry.js";
import { parseResourceTag, type ResourceTag } from "../../core/changes/resourceTag.js";
import { editEntries } from "../buildOptions/editEntries.js";
import { mapAnswer, type StepAnswer, type StepPosition } from "../wizard.js";

/** Lists the resource tags of a new repository, and lets them be changed until people are done. */
export async function editResourceTags(
  wanted: NewRepository,
  { title }: StepPosition,
): Promise<StepAnswer<NewRepository>> {
  const { t } = vscode.l10n;
  const answer = await editEntries<ResourceTag>({ title }, wanted.resourceTags ?? [], {
    placeholder: t("Resource tags of {0}", wanted.name),
    add: t("Add a Resource Tag…"),
    prompt: t("A key and its value"),
    example: "team=shop",
    icon: "bookmark",
    name: ([key]) => key,
    describe: ([, value]) => `= ${value}`,
    format: (tag) => tag.join("="),
    parse: parseResourceTag,
  });
  return mapAnswer(answer, (resourceTags) => ({ ...wanted, resourceTags }));
}
