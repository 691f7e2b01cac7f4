import * as vscode from "vscode";
import {
  type CacheTarget,
  formatCacheTarget,
  parseCacheReference,
  parseCacheTarget,
} from "../../core/build/cacheTarget.js";
import { mapAnswer, type StepAnswer } from "../wizard.js";
import { editEntries } from "./editEntries.js";
import { choose, type Sheet, type SheetState } from "./sheet.js";

/** Lists the caches that a build reads and lets them be changed, until people are done. */
export async function editCacheFrom(
  sheet: Sheet,
  state: SheetState,
): Promise<StepAnswer<SheetState>> {
  const { t } = vscode.l10n;
  const answer = await editEntries<string>(sheet, state.choices.cacheFrom, {
    placeholder: t("Caches in registries that may stand in for steps"),
    add: t("Add a Cache…"),
    prompt: t("A reference of a cache, or of an image with one inside"),
    example: EXAMPLE,
    icon: "arrow-circle-down",
    name: (reference) => reference,
    describe: () => "",
    format: (reference) => reference,
    parse: parseCacheReference,
  });
  return mapAnswer(answer, (cacheFrom) => choose(state, { cacheFrom }));
}

/** Lists where a build leaves its cache and lets that be changed, until people are done. */
export async function editCacheTo(
  sheet: Sheet,
  state: SheetState,
): Promise<StepAnswer<SheetState>> {
  const { t } = vscode.l10n;
  const answer = await editEntries<CacheTarget>(sheet, state.choices.cacheTo, {
    placeholder: t("Where the build leaves its cache besides the engine's own"),
    add: t("Add a Cache…"),
    prompt: t("A reference for the cache, or inline; with ,mode=max for every step"),
    example: `${EXAMPLE},mode=max`,
    icon: "arrow-circle-up",
    name: targetName,
    describe: describeTarget,
    format: formatCacheTarget,
    parse: parseCacheTarget,
  });
  return mapAnswer(answer, (cacheTo) => choose(state, { cacheTo }));
}

/** Names a target for a row. */
export function targetName(target: CacheTarget): string {
  return target.kind === "inline" ? vscode.l10n.t("inside the image") : target.reference;
}

/** ECR is where most caches would be. */
const EXAMPLE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/api:cache";

function describeTarget(target: CacheTarget): string {
  const { t } = vscode.l10n;
  const isWhole = target.kind === "registry" && target.mode === "max";
  return isWhole ? t("every step") : t("the image's own layers");
}
