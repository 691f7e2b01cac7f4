import * as vscode from "vscode";
import type { Repository, TagMutability } from "../../core/registry.js";
import type { ScanSettings } from "../../core/repositories/repositoryRules.js";
import type { PageBlock, PageFact } from "../pages/pageModel.js";
import { formatInstant } from "../quantities.js";

/** Names what a repository is, and how its tags and bytes are kept. */
export function settingBlocks(repository: Repository): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const { uri, arn, createdAt, tagMutability, encryption } = repository;
  const facts: readonly (PageFact | undefined)[] = [
    { name: t("Tags"), values: mutabilityTexts(tagMutability) },
    encryption && {
      name: t("Encryption"),
      values: [
        encryption.type === "AES256" ? t("AES-256 with keys of ECR") : encryption.type,
        ...(encryption.key === undefined ? [] : [encryption.key]),
      ],
    },
    createdAt && { name: t("Created"), values: [formatInstant(createdAt)] },
    { name: t("URI"), values: [uri], isData: true },
    { name: t("ARN"), values: [arn], isData: true },
  ];
  return [
    {
      kind: "facts",
      caption: t("Settings"),
      facts: facts.filter((fact) => fact !== undefined),
    },
  ];
}

/** Says when images are scanned. */
export function scanBlocks({ frequency, filters }: ScanSettings): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const when = {
    "on-push": t("Images are scanned when they are pushed."),
    continuous: t(
      "Images are scanned when they are pushed, and again when new findings are known.",
    ),
    manual: t("Images are scanned when somebody asks for it."),
  }[frequency];
  const facts = [{ name: t("Filters"), values: filters, isData: true }];
  return [
    { kind: "text", text: when },
    ...(filters.length > 0
      ? [{ kind: "facts" as const, caption: t("Filters of the registry"), facts }]
      : []),
  ];
}

function mutabilityTexts({ default: rule, exclusions }: TagMutability): readonly string[] {
  const { t } = vscode.l10n;
  const main = rule === "immutable" ? t("Immutable: they can't move") : t("Mutable: they can move");
  if (exclusions.length === 0) return [main];
  const patterns = exclusions.join(", ");
  return [
    main,
    rule === "immutable"
      ? t("But for {0}, which can move", patterns)
      : t("But for {0}, which can't move", patterns),
  ];
}
