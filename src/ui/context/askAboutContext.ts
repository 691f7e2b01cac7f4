import * as vscode from "vscode";
import type { ContextContents } from "../../core/context/contextContents.js";
import { biggestPlaces, type ContextQuestion } from "../../core/context/contextReview.js";
import { formatBytes } from "../quantities.js";
import { contextSummary, filesText, findingIcon, findingText, shareText } from "./contextTexts.js";
import { openPick, type PickRow } from "./openPick.js";

/** What the user wants done with a context. */
export type ContextAnswer =
  | { readonly kind: "send" }
  | { readonly kind: "cancel" }
  /** Choose what to ignore; `paths` are ticked. */
  | { readonly kind: "ignore"; readonly paths: readonly string[] };

/** A file or folder that the user may want to leave out. */
export interface ContextPlace {
  readonly path: string;
  readonly label: string;
  readonly description: string;
  readonly icon: vscode.ThemeIcon;
  /** True for what is better not sent, rather than only big. */
  readonly isFinding: boolean;
}

/** More places than this are not listed for their size. */
const MOST_PLACES = 6;
/** More names than this do not fit on a row. */
const MAX_NAMES = 3;

/** Lists what is better not sent, then the biggest places. */
export function contextPlaces(contents: ContextContents): readonly ContextPlace[] {
  const findings = contents.findings.map(({ path, isFolder, why, files, bytes }) => ({
    path,
    label: path,
    description: [formatBytes(bytes), isFolder ? filesText(files) : "", findingText(why)]
      .filter((text) => text !== "")
      .join(" · "),
    icon: findingIcon(why),
    isFinding: true,
  }));
  const known = new Set(findings.map(({ path }) => path));
  const places = biggestPlaces(contents.tree, MOST_PLACES, known).map(
    ({ path, isFolder, files, bytes }) => ({
      path,
      label: path,
      description: [
        formatBytes(bytes),
        shareText(bytes, contents.bytes),
        isFolder ? filesText(files) : "",
      ]
        .filter((text) => text !== "")
        .join(" · "),
      icon: new vscode.ThemeIcon(isFolder ? "folder" : "file"),
      isFinding: false,
    }),
  );
  return [...findings, ...places];
}

/** Asks whether to send a context that is large, or holds what is better not sent. */
export async function askAboutContext(
  contents: ContextContents,
  question: ContextQuestion,
  limitBytes: number,
  signal: AbortSignal,
): Promise<ContextAnswer> {
  const rows = [...actionRows(question), ...placeRows(contents)];
  const title = vscode.l10n.t("Build context: {0}", contextSummary(contents));
  const placeholder = reasonText(question, limitBytes);
  const { answer } = openPick<ContextAnswer>({ title, placeholder, rows }, signal);
  return (await answer) ?? { kind: "cancel" };
}

function actionRows({ serious }: ContextQuestion): readonly PickRow<ContextAnswer>[] {
  const { t } = vscode.l10n;
  const paths = serious.map(({ path }) => path);
  const names = paths.slice(0, MAX_NAMES).join(", ");
  const more = paths.length - MAX_NAMES;
  return [
    {
      label: t("Add to .dockerignore…"),
      description: more > 0 ? t("{0} and {1} more", names, more) : names,
      iconPath: new vscode.ThemeIcon("exclude"),
      alwaysShow: true,
      value: { kind: "ignore", paths },
    },
    {
      label: t("Send Anyway"),
      description: t("not asked again for the same"),
      iconPath: new vscode.ThemeIcon("cloud-upload"),
      alwaysShow: true,
      value: { kind: "send" },
    },
    {
      label: t("Cancel"),
      iconPath: new vscode.ThemeIcon("close"),
      alwaysShow: true,
      value: { kind: "cancel" },
    },
  ];
}

function placeRows(contents: ContextContents): readonly PickRow<ContextAnswer>[] {
  const { t } = vscode.l10n;
  const places = contextPlaces(contents);
  const asRow = ({ path, label, description, icon }: ContextPlace): PickRow<ContextAnswer> => ({
    label,
    description,
    iconPath: icon,
    value: { kind: "ignore", paths: [path] },
  });
  const heading = (label: string): PickRow<ContextAnswer> => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const findings = places.filter(({ isFinding }) => isFinding).map(asRow);
  const others = places.filter(({ isFinding }) => !isFinding).map(asRow);
  return [
    ...(findings.length > 0 ? [heading(t("better not sent")), ...findings] : []),
    ...(others.length > 0 ? [heading(t("biggest")), ...others] : []),
  ];
}

function reasonText({ isLarge, serious }: ContextQuestion, limitBytes: number): string {
  const { t } = vscode.l10n;
  const limit = formatBytes(limitBytes);
  const [first] = serious;
  if (!first) return t("It is larger than {0}", limit);
  const { length: count } = serious;
  if (count === 1) {
    return isLarge
      ? t("It is larger than {0} and holds {1}", limit, first.path)
      : t("It holds {0}", first.path);
  }
  return isLarge
    ? t("It is larger than {0} and holds {1} things better not sent", limit, count)
    : t("It holds {0} things better not sent", count);
}
