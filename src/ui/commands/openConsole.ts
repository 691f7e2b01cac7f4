import * as vscode from "vscode";
import { consoleUrl } from "../../core/images/consoleUrl.js";
import { askImageNode, type AskNodePorts, askRepositoryNode } from "../askNode.js";
import type { ImageNode, RepositoryNode } from "../explorer/registryNodes.js";

/** *Open in AWS Console* of a repository. */
export async function openRepositoryConsole(
  ports: AskNodePorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (node) await open(consoleUrl(node.repository, undefined));
}

/** *Open in AWS Console* of an image. */
export async function openImageConsole(
  ports: AskNodePorts,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (node) await open(consoleUrl(node.repository, node.image.digest));
}

async function open(url: string): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
