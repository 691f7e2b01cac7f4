import * as vscode from "vscode";
import type { Image } from "../../core/registry.js";
import { isIndex } from "../../core/registry.js";
import { visibleText } from "../../core/visibleText.js";
import type { PageBlock, PageFact } from "../pages/pageModel.js";
import { formatAge, formatBytes, formatInstant } from "../quantities.js";
import type { ImageSubject } from "./imageSubject.js";

/** Shows what ECR's own list tells of an image. */
export function identityBlocks(subject: ImageSubject, image: Image): readonly PageBlock[] {
  const { t } = vscode.l10n;
  const { tags, sizeBytes, pushedAt, lastPulledAt, mediaType, artifactMediaType } = image;
  const size =
    sizeBytes === undefined
      ? undefined
      : isIndex(image)
        ? t("{0}, the largest of its platforms, compressed", formatBytes(sizeBytes))
        : t("{0}, compressed", formatBytes(sizeBytes));
  const facts: readonly (PageFact | undefined)[] = [
    {
      name: t("Tags"),
      values: tags.length === 0 ? [t("none")] : tags.map((tag) => visibleText(tag)),
      isData: tags.length > 0,
    },
    { name: t("Digest"), values: [image.digest], isData: true },
    { name: t("URI"), values: [`${subject.repositoryUri}@${image.digest}`], isData: true },
    fact(t("Size"), size),
    fact(t("Pushed"), pushedAt && instantText(pushedAt)),
    fact(t("Last pulled"), lastPulledAt && instantText(lastPulledAt)),
    fact(t("State"), stateText(image)),
    fact(t("Media type"), mediaType && visibleText(mediaType), true),
    fact(t("Content type"), artifactMediaType && visibleText(artifactMediaType), true),
  ];
  const known = facts.filter((one) => one !== undefined);
  return [{ kind: "facts", caption: t("What ECR tells of the image"), facts: known }];
}

/** Returns a fact of one value, or nothing without one. */
export function fact(
  name: string,
  value: string | undefined,
  isData = false,
): PageFact | undefined {
  return value === undefined || value === "" ? undefined : { name, values: [value], isData };
}

/** Says when something was, both by the clock and by how long it is since. */
export function instantText(instant: Date): string {
  return vscode.l10n.t("{0} ({1})", formatInstant(instant), formatAge(instant, new Date()));
}

function stateText({ status }: Image): string | undefined {
  const { t } = vscode.l10n;
  if (status === "archived") return t("archived: it can't be pulled before it is restored");
  return status === "activating" ? t("being restored from the archive") : undefined;
}
