import * as vscode from "vscode";
import { type Listing, nothingRead, readImages, readRepositories } from "../core/catalog.js";
import { asEcrError, EcrError, isCancellation } from "../core/errors.js";
import type { OpenRegistries } from "../core/openRegistries.js";
import type { Image, RegistryLocation, Repository } from "../core/registry.js";
import { imageLabel } from "./explorer/imageItems.js";
import type { ImageNode, RepositoryNode } from "./explorer/registryNodes.js";
import type { ShownRegistries } from "./explorer/shownRegistries.js";
import { explain } from "./failures/explain.js";
import { type ChoiceItem, pickOne } from "./pickOne.js";
import { formatAge, formatBytes, shortDigest } from "./quantities.js";
import { registryLabel } from "./registryLabel.js";

/** What asking for a row of the tree needs. */
export interface AskNodePorts {
  readonly shown: Pick<ShownRegistries, "list">;
  readonly registries: OpenRegistries;
}

/** What a registry has told of its repositories so far, or why it tells none. */
interface Told {
  readonly location: RegistryLocation;
  readonly listing: Listing<Repository>;
  readonly error?: unknown;
}

/** A repository that can be picked, or the failure of a registry, which picking it shows. */
type Answer = RepositoryNode | { readonly kind: "failure"; readonly error: unknown };

/**
 * Asks for a repository of any registry that the sidebar shows, for commands that were called
 * without a row; one registry that can't be read does not keep the others from being offered.
 */
export async function askRepositoryNode(
  { shown, registries }: AskNodePorts,
  title: string,
): Promise<RepositoryNode | undefined> {
  const { chosen, added, failure } = await shown.list();
  const locations = chosen ? [chosen, ...added] : added;
  if (locations.length === 0 && failure) throw failure.error;
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<Answer>(position, {
    placeholder: vscode.l10n.t("Repository"),
    load: async (show, signal) => {
      const told: Told[] = locations.map((location) => ({ location, listing: nothingRead }));
      const tell = (index: number, news: Told): void => {
        told[index] = news;
        show(told.flatMap((one) => itemsOf(one, locations.length > 1)));
      };
      const read = async (location: RegistryLocation, index: number): Promise<void> => {
        try {
          const registry = await registries.open(location);
          for await (const listing of readRepositories(registry, signal)) {
            tell(index, { location, listing });
          }
        } catch (error) {
          // Where there is no other registry, the failure is the command's own.
          if (isCancellation(error) || locations.length === 1) throw error;
          tell(index, { location, listing: nothingRead, error });
        }
      };
      await Promise.all(locations.map(read));
    },
  });
  if (answer.kind !== "answer") return undefined;
  if (answer.value.kind === "failure") throw answer.value.error;
  return answer.value;
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

function itemsOf({ location, listing, error }: Told, namesRegistry: boolean): ChoiceItem<Answer>[] {
  if (error !== undefined) return [failureItem(location, error)];
  return listing.items.map((repository) => ({
    label: repository.name,
    ...(namesRegistry ? { description: registryLabel(location) } : {}),
    iconPath: new vscode.ThemeIcon("package"),
    value: { kind: "repository", location, repository },
  }));
}

function failureItem(location: RegistryLocation, error: unknown): ChoiceItem<Answer> {
  const known = asEcrError(error);
  return {
    label: registryLabel(location),
    detail: known instanceof EcrError ? explain(known.failure).message : known.message,
    iconPath: new vscode.ThemeIcon("error"),
    value: { kind: "failure", error },
  };
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
