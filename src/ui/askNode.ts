import * as vscode from "vscode";
import { readImages, readRepositories } from "../core/catalog.js";
import type { OpenRegistries } from "../core/openRegistries.js";
import type { Image, Repository } from "../core/registry.js";
import { type ChoiceItem, pickOne } from "./pickOne.js";
import { formatAge, formatBytes, shortDigest } from "./quantities.js";
import type { RegistryChoice } from "./registryChoice.js";
import { imageLabel } from "./explorer/imageItems.js";
import type { ImageNode, RepositoryNode } from "./explorer/registryNodes.js";

/** What asking for a row of the tree needs. */
export interface AskNodePorts {
  readonly choice: RegistryChoice;
  readonly registries: OpenRegistries;
}

/** Asks for a repository, for commands that were called without a row. */
export async function askRepositoryNode(
  { choice, registries }: AskNodePorts,
  title: string,
): Promise<RepositoryNode | undefined> {
  const location = await choice.locate();
  const registry = await registries.open(location);
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<Repository>(position, {
    placeholder: vscode.l10n.t("Repository"),
    load: async (show, signal) => {
      for await (const { items } of readRepositories(registry, signal)) {
        show(
          items.map((repository) => ({
            label: repository.name,
            iconPath: new vscode.ThemeIcon("package"),
            value: repository,
          })),
        );
      }
    },
  });
  if (answer.kind !== "answer") return undefined;
  return { kind: "repository", location, repository: answer.value };
}

/** Asks for a repository and one of its images, for commands that were called without a row. */
export async function askImageNode(
  ports: AskNodePorts,
  title: string,
): Promise<ImageNode | undefined> {
  const repositoryNode = await askRepositoryNode(ports, title);
  if (!repositoryNode) return undefined;
  const { location, repository } = repositoryNode;
  const registry = await ports.registries.open(location);
  const toNode = (image: Image): ImageNode => ({ kind: "image", location, repository, image });
  const position = { title, step: 2, totalSteps: 2, canGoBack: false };
  const answer = await pickOne<ImageNode>(position, {
    placeholder: vscode.l10n.t("Image of {0}", repository.name),
    load: async (show, signal) => {
      for await (const { items } of readImages(registry, repository.name, signal)) {
        show(items.map((image) => imageItem(toNode(image))));
      }
    },
  });
  return answer.kind === "answer" ? answer.value : undefined;
}

function imageItem(node: ImageNode): ChoiceItem<ImageNode> {
  const { sizeBytes, pushedAt, digest } = node.image;
  const facts = [
    sizeBytes === undefined ? undefined : formatBytes(sizeBytes),
    pushedAt && formatAge(pushedAt, new Date()),
    shortDigest(digest),
  ];
  return {
    label: imageLabel(node),
    description: facts.filter((fact) => fact !== undefined).join(" · "),
    iconPath: new vscode.ThemeIcon("layers"),
    value: node,
  };
}
