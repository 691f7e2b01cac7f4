import * as vscode from "vscode";
import type { ImageConfig } from "../../core/images/imageDetails/imageConfig.js";
import type { PlatformContents } from "../../core/images/imageDetails/readDetails.js";
import { visibleText } from "../../core/visibleText.js";
import type { PageBlock, PageFact } from "../pages/pageModel.js";
import { fact, instantText } from "./identityBlocks.js";

/** The action of the button that shows, or hides again, what may hold secrets. */
export const VALUES_ACTION = "values";

/** Shows how an image runs; values of variables only when they were asked for. */
export function configBlocks(
  contents: PlatformContents | undefined,
  showsValues: boolean,
): readonly PageBlock[] {
  const { t } = vscode.l10n;
  if (!contents) return [unreadable()];
  const { config } = contents;
  if (!config) {
    const text = t("This is an artifact, which has no config of an image: nothing of it runs.");
    return [{ kind: "text", text, tone: "muted" }];
  }
  const facts = [
    fact(t("Platform"), config.platform && visibleText(config.platform)),
    fact(t("Created"), config.createdAt && instantText(config.createdAt)),
    fact(t("Author"), config.author && visibleText(config.author)),
    words(t("Entrypoint"), config.entrypoint),
    words(t("Command"), config.command),
    fact(
      t("User"),
      config.user === undefined ? t("root, as none is set") : visibleText(config.user),
    ),
    fact(t("Working folder"), config.workingFolder && visibleText(config.workingFolder), true),
    list(t("Exposed ports"), config.ports),
    list(t("Volumes"), config.volumes),
    fact(t("Stop signal"), config.stopSignal && visibleText(config.stopSignal), true),
    words(t("Health check"), config.healthCheck),
  ];
  return [
    {
      kind: "facts",
      caption: t("How the image runs"),
      facts: facts.filter((one) => one !== undefined),
    },
    ...variableBlocks(config, showsValues),
    ...labelBlocks(config),
  ];
}

/** Says that neither manifest nor config can be read. */
export function unreadable(): PageBlock {
  const text = vscode.l10n.t("ECR does not give the manifest: the image is archived, or gone.");
  return { kind: "text", text, tone: "warning" };
}

function variableBlocks({ variables }: ImageConfig, showsValues: boolean): readonly PageBlock[] {
  const { t } = vscode.l10n;
  if (variables.length === 0) return [];
  const button = {
    action: VALUES_ACTION,
    label: showsValues ? t("Hide Values") : t("Show Values"),
  };
  const about = t("Values may hold secrets, and are shown when asked for.");
  return [
    {
      kind: "table",
      id: "variables",
      caption: t("Environment variables"),
      columns: [
        { title: t("Variable"), isData: true, sorts: true },
        { title: t("Value"), isData: true, isWide: true },
      ],
      rows: variables.map(([name, value]) => [
        visibleText(name, 200),
        showsValues ? visibleText(value) : "•••",
      ]),
    },
    ...(showsValues ? [] : [{ kind: "text", text: about, tone: "muted" } as const]),
    { kind: "buttons", buttons: [button] },
  ];
}

function labelBlocks({ labels }: ImageConfig): readonly PageBlock[] {
  const { t } = vscode.l10n;
  if (labels.length === 0) return [];
  return [
    {
      kind: "table",
      id: "labels",
      caption: t("Labels"),
      columns: [
        { title: t("Label"), isData: true, sorts: true },
        { title: t("Value"), isData: true, isWide: true, sorts: true },
      ],
      rows: labels.map(([name, value]) => [visibleText(name, 200), visibleText(value)]),
    },
  ];
}

/** The words of a command, as JSON shows where each begins and ends. */
function words(name: string, list: readonly string[]): PageFact | undefined {
  return list.length === 0 ? undefined : fact(name, visibleText(JSON.stringify(list)), true);
}

function list(name: string, values: readonly string[]): PageFact | undefined {
  if (values.length === 0) return undefined;
  return { name, values: values.map((value) => visibleText(value, 200)), isData: true };
}
