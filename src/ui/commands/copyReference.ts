import * as vscode from "vscode";
import { copyForms } from "../../core/images/copyForms.js";
import { formatImageReference, makeReferenceFromUri } from "../../core/imageReference.js";
import { askImageNode, type AskNodePorts, askRepositoryNode } from "../askNode.js";
import type { ImageNode, RepositoryNode } from "../explorer/registryNodes.js";
import { chosenImages } from "../manage/chosenRows.js";

/** *Copy URI* of repositories: `host/name`, one on each line. */
export async function copyRepositoryUri(
  ports: AskNodePorts,
  title: string,
  target: RepositoryNode | undefined,
  selected: readonly { readonly kind: string }[],
): Promise<void> {
  const rows = selected.filter((row): row is RepositoryNode => row.kind === "repository");
  const asked = rows.length > 0 ? undefined : (target ?? (await askRepositoryNode(ports, title)));
  const uris = (asked ? [asked] : rows).map(({ repository }) => repository.uri);
  if (uris.length > 0) await copy(uris.join("\n"));
}

/** *Copy URI* of images: with the first tag, or with the digest where there is none. */
export async function copyImageUri(
  ports: AskNodePorts,
  title: string,
  target: ImageNode | undefined,
  selected: readonly { readonly kind: string }[],
): Promise<void> {
  const rows = chosenImages(target, selected);
  const asked = rows.length > 0 ? undefined : await askImageNode(ports, title);
  const uris = (asked ? [asked] : rows).map(({ repository, image }) =>
    copyForms(repository, image).get("uri"),
  );
  if (uris.length > 0) await copy(uris.join("\n"));
}

/** *Copy Digest URI* of an image: the reference that always means this very image. */
export async function copyDigestUri(
  ports: AskNodePorts,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (!node) return;
  const { digest } = node.image;
  await copy(formatImageReference(makeReferenceFromUri(node.repository.uri, { digest })));
}

/** *Copy Push Commands* of a repository: what a terminal would have to run instead. */
export async function copyPushCommands(
  ports: AskNodePorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (!node) return;
  const { uri } = node.repository;
  const { profile, region } = node.location;
  const host = uri.slice(0, uri.indexOf("/"));
  const as = profile === undefined ? "" : ` --profile ${quote(profile)}`;
  const lines = [
    `aws ecr get-login-password --region ${region}${as} | docker login --username AWS --password-stdin ${host}`,
    `docker build -t ${uri}:latest .`,
    `docker push ${uri}:latest`,
  ];
  await copy(lines.join("\n"));
}

/** Quotes what a POSIX shell would read as more than a word. */
function quote(word: string): string {
  return /^[\w.@:/+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  const [first = ""] = text.split("\n");
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", first), 3000);
}
