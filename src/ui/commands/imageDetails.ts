import { askImageNode, type AskNodePorts } from "../askNode.js";
import type { DocumentKind } from "../details/imageDocuments.js";
import type { ImagePages } from "../details/imagePages.js";
import { subjectOf } from "../details/imageSubject.js";
import type { ImageNode } from "../explorer/registryNodes.js";

/** What the commands of this file work with. */
export interface ImageDetailsPorts extends AskNodePorts {
  readonly imagePages: () => Promise<ImagePages>;
}

/** *Show Details* of an image: its page. */
export async function showDetails(
  ports: ImageDetailsPorts,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (node) (await ports.imagePages()).showDetails(subjectOf(node));
}

/** *Compare…*: two images that are selected, or one and another that is asked for. */
export async function compareImages(
  ports: ImageDetailsPorts,
  title: string,
  target: ImageNode | undefined,
  selected: readonly ImageNode[],
): Promise<void> {
  const images = selected.filter((node) => "image" in node);
  const [one, two] = images.length === 2 ? images : [target];
  const first = one ?? (await askImageNode(ports, title));
  const second = first && (two ?? (await askImageNode(ports, title)));
  if (!first || !second) return;
  (await ports.imagePages()).compare([subjectOf(first), subjectOf(second)]);
}

/** *Show Manifest* and *Show Config*: JSON that can't be changed. */
export async function showDocument(
  ports: ImageDetailsPorts,
  kind: DocumentKind,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (node) await (await ports.imagePages()).showDocument(kind, subjectOf(node));
}
