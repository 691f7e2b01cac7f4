import * as vscode from "vscode";
import type { LifecycleRule } from "../../core/repositories/lifecycle/lifecycleRules.js";

/** Says which images a rule of a lifecycle policy is about. */
export function selectionText({ tagStatus, tagPatterns, isAboutArchive }: LifecycleRule): string {
  const { t } = vscode.l10n;
  const patterns = tagPatterns.join(", ");
  const images =
    tagStatus === "untagged"
      ? t("untagged images")
      : tagStatus === "tagged"
        ? t("images tagged {0}", patterns)
        : tagStatus === "any"
          ? t("all images")
          : tagStatus;
  return isAboutArchive ? t("archived: {0}", images) : images;
}

/** Says which of these images a rule meets. */
export function countText({ count }: LifecycleRule): string {
  const { t } = vscode.l10n;
  if (count.kind === "unknown") return count.name;
  if (count.kind === "all-but-newest") {
    return count.images === 1 ? t("all but the newest") : t("all but the newest {0}", count.images);
  }
  switch (count.since) {
    case "pushed":
      return t("pushed more than {0} d ago", count.days);
    case "pulled":
      return t("not pulled for {0} d", count.days);
    case "archived":
      return t("archived more than {0} d ago", count.days);
  }
}
