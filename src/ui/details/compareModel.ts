import * as vscode from "vscode";
import type { Outcome } from "../../core/images/imageDetails/readDetails.js";
import type { PageBlock, PageHead, PageSection } from "../pages/pageModel.js";
import { visibleText } from "../../core/visibleText.js";
import { formatBytes } from "../quantities.js";
import { registryLabel } from "../registryLabel.js";
import {
  configComparison,
  findingComparison,
  layerComparison,
  packageComparison,
} from "./compareBlocks.js";
import type { CompareState, Pair } from "./compareState.js";
import { valueOf } from "./detailsState.js";
import { instantText } from "./identityBlocks.js";
import { goneText, type ImageSubject, shortSubjectName, subjectName } from "./imageSubject.js";
import { pageWords } from "./pageWords.js";
import { type ActionsOf, partBlocks } from "./partBlocks.js";
import { PLATFORM_CHOICE } from "./platformBlocks.js";

/** The sections of the page that compares, in their order. */
export const COMPARE_SECTIONS = ["images", "layers", "config", "findings", "packages"] as const;

/** One of the sections of the page that compares. */
export type CompareSection = (typeof COMPARE_SECTIONS)[number];

/** What buttons of the head do. */
export const compareActions = { refresh: "refresh", swap: "swap" } as const;

/** Names both images in full, or as short as tells them apart. */
function compareNames(subjects: Pair<ImageSubject>, name = subjectName): Pair<string> {
  return [name(subjects[0]), name(subjects[1])];
}

/** Makes the head of the page. */
export function makeCompareHead(subjects: Pair<ImageSubject>, state: CompareState): PageHead {
  const { t } = vscode.l10n;
  const [first, second] = compareNames(subjects);
  const registries = new Set(subjects.map(({ location }) => registryLabel(location)));
  return {
    title: t("{0} and {1}", first, second),
    subtitle: [...registries].join(", "),
    status: state.isReading ? t("Reading…") : "",
    isBusy: state.isReading,
    buttons: [
      { action: compareActions.refresh, label: t("Refresh") },
      { action: compareActions.swap, label: t("Swap") },
    ],
    sections: COMPARE_SECTIONS,
    words: pageWords(),
  };
}

/** Makes one section of the page. */
export function makeCompareSection(
  id: CompareSection,
  subjects: Pair<ImageSubject>,
  state: CompareState,
  actionsOf: ActionsOf,
): PageSection {
  const { t } = vscode.l10n;
  const short = compareNames(subjects, shortSubjectName);
  // Images of repositories that end alike have the same short name.
  const names = short[0] === short[1] ? compareNames(subjects) : short;
  const sides = both(state.sides[0].side, state.sides[1].side);
  const findings = both(state.sides[0].findings, state.sides[1].findings);
  switch (id) {
    case "images":
      return {
        ...{ id, title: t("Images"), isBusy: state.isReading },
        blocks: imageBlocks(subjects, state),
      };
    case "layers":
      return section(id, t("Layers"), sides, (known) => layerComparison(known, names), actionsOf);
    case "config": {
      const show = (known: NonNullable<Parameters<typeof configComparison>[0]>) =>
        configComparison(known, names, state.showsValues);
      return section(id, t("How They Run"), sides, show, actionsOf);
    }
    case "findings": {
      const title = t("Findings");
      return section(id, title, findings, (known) => findingComparison(known, names), actionsOf);
    }
    case "packages": {
      const title = t("Packages");
      return section(id, title, findings, (known) => packageComparison(known, names), actionsOf);
    }
  }
}

/** Returns how both came out: the failure of either is that of both. */
export function both<T>(
  first: Outcome<T> | undefined,
  second: Outcome<T> | undefined,
): Outcome<Pair<T>> | undefined {
  if (first?.state === "failed") return first;
  if (second?.state === "failed") return second;
  return first && second ? { state: "known", value: [first.value, second.value] } : undefined;
}

function section<T>(
  id: CompareSection,
  title: string,
  outcome: Outcome<T> | undefined,
  show: (value: T) => readonly PageBlock[],
  actionsOf: ActionsOf,
): PageSection {
  const blocks = partBlocks(id, outcome, actionsOf, show);
  return { id, title, isBusy: outcome === undefined, blocks };
}

function imageBlocks(subjects: Pair<ImageSubject>, state: CompareState): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const gone = subjects.filter((_, index) => {
    const image = state.sides[index === 0 ? 0 : 1].image;
    return image?.state === "known" && !image.value;
  });
  const [first, second] = [0, 1].map((index) => facts(subjects, state, index === 0 ? 0 : 1));
  const rows = Object.entries(first ?? {}).map(([name, value]) => [
    name,
    value,
    second?.[name] ?? "",
  ]);
  return [
    ...gone.map((subject): PageBlock => {
      return { kind: "text", text: goneText(subject, false), tone: "warning" };
    }),
    ...platformChoice(state),
    {
      kind: "table",
      id: "images",
      caption: t("Both images"),
      columns: [{ title: "" }, ...subjects.map((subject) => ({ title: subjectName(subject) }))],
      rows,
    },
  ];
}

/** What ECR's list tells of one of the images, by name; both have the same names. */
function facts(
  subjects: Pair<ImageSubject>,
  state: CompareState,
  index: 0 | 1,
): Readonly<Record<string, string>> {
  const { t } = vscode.l10n;
  const { image, side } = state.sides[index];
  const { sizeBytes, pushedAt } = valueOf(image) ?? {};
  return {
    [t("Digest")]: subjects[index].digest,
    [t("Size")]: sizeBytes === undefined ? "" : formatBytes(sizeBytes),
    [t("Pushed")]: pushedAt ? instantText(pushedAt) : "",
    [t("Platform")]: valueOf(side)?.contents?.config?.platform ?? valueOf(side)?.platform ?? "",
  };
}

/** Where one of them is an index, both are compared for one platform. */
function platformChoice(state: CompareState): readonly PageBlock[] {
  const platforms = [...new Set(state.sides.flatMap(({ side }) => valueOf(side)?.platforms ?? []))];
  if (platforms.length < 2) return [];
  const chosen = state.platform ?? valueOf(state.sides[0].side)?.platform ?? "";
  const options = platforms.map((value) => ({ value, label: visibleText(value, 100) }));
  const label = vscode.l10n.t("Platform");
  return [{ kind: "choice", id: PLATFORM_CHOICE, label, options, chosen }];
}
