import * as vscode from "vscode";
import { formatImageReference, makeReferenceFromUri } from "../../core/imageReference.js";
import { askImageNode, type AskNodePorts, askRepositoryNode } from "../askNode.js";
import type { ImageNode, RepositoryNode } from "../explorer/registryNodes.js";

/** *Copy URI* of a repository: `host/name`. */
export async function copyRepositoryUri(
  ports: AskNodePorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (node) await copy(node.repository.uri);
}

/** *Copy URI* of an image: with its first tag, or with its digest when it has none. */
export async function copyImageUri(
  ports: AskNodePorts,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (!node) return;
  const { uri } = node.repository;
  const [tag] = node.image.tags;
  const named = tag === undefined ? { digest: node.image.digest } : { tag };
  await copy(formatImageReference(makeReferenceFromUri(uri, named)));
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
