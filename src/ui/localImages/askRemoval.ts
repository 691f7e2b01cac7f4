import * as vscode from "vscode";
import type { LocalImage } from "../../core/enginePorts.js";
import { type RemovalPlan, sumBytes, type UsedImage } from "../../core/changes/planRemoval.js";
import { formatBytes } from "../quantities.js";
import { localRowName } from "./localImageNames.js";

/** Lines of one kind in the question; more are counted. */
const MAX_LINES = 8;

/**
 * Says what goes, what stays and how much that frees, and asks: `all` removes what nothing uses, and
 * `used-too` also what only stopped containers use. Undefined when the user leaves.
 */
export async function askRemoval(plan: RemovalPlan): Promise<"all" | "used-too" | undefined> {
  const { t } = vscode.l10n;
  const { free, stopped } = plan;
  const going = free.length > 0 ? free : stopped.map(({ image }) => image);
  const [only] = going;
  const message =
    going.length === 1 && only
      ? t("Remove {0} from this host?", localRowName(only))
      : t("Remove {0} local images from this host?", going.length);
  const remove = t("Remove");
  const usedToo = free.length > 0 ? t("Remove Used Ones Too") : t("Remove All the Same");
  const buttons = [...(free.length > 0 ? [remove] : []), ...(stopped.length > 0 ? [usedToo] : [])];
  const answer = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail: detailText(plan) },
    ...buttons,
  );
  if (answer === undefined) return undefined;
  return answer === usedToo ? "used-too" : "all";
}

function detailText({ free, stopped, running }: RemovalPlan): string {
  const { t } = vscode.l10n;
  const paragraphs = [
    isNamedByTitle(free) ? [] : lines(free, imageLine),
    free.length > 0
      ? [
          t(
            "That frees up to {0}: layers that other images share stay.",
            formatBytes(sumBytes(free)),
          ),
        ]
      : [],
    stopped.length > 0 ? [stoppedIntro(stopped), ...lines(stopped, usedLine)] : [],
    running.length > 0
      ? [t("These stay, as containers that run use them:"), ...lines(running, usedLine)]
      : [],
  ];
  return paragraphs
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => paragraph.join("\n"))
    .join("\n\n");
}

/** A single image whose only name stands in the title needs no line of its own. */
function isNamedByTitle(free: readonly LocalImage[]): boolean {
  return free.length === 1 && free.every(({ references }) => references.length < 2);
}

/** What forcing does to the containers is up to the engine. */
function stoppedIntro(stopped: readonly UsedImage[]): string {
  const { t } = vscode.l10n;
  const size = formatBytes(sumBytes(stopped.map(({ image }) => image)));
  const goes = stopped.some(({ containers }) => containers.some((one) => one.goesWithImage));
  return goes
    ? t("Containers that are stopped were made of these ({0}), and go with them:", size)
    : t("Containers that are stopped were made of these ({0}):", size);
}

function lines<T>(items: readonly T[], line: (item: T) => string): readonly string[] {
  const shown = items.slice(0, MAX_LINES).map(line);
  const more = items.length - shown.length;
  return more > 0 ? [...shown, vscode.l10n.t("and {0} more", more)] : shown;
}

function imageLine(image: LocalImage): string {
  const names = image.references.length > 0 ? image.references.join(", ") : localRowName(image);
  return `${names} · ${formatBytes(image.sizeBytes)}`;
}

function usedLine({ image, containers }: UsedImage): string {
  return `${imageLine(image)} · ${containers.map(({ name }) => name).join(", ")}`;
}
