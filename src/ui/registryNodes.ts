import type { Image, RegistryLocation, Repository } from "../core/registry.js";

/** A registry: the root row. */
export interface RegistryNode {
  readonly kind: "registry";
  readonly location: RegistryLocation;
  /** The account, once a repository has told it. */
  readonly registryId: string | undefined;
}

/** A repository of a registry. */
export interface RepositoryNode {
  readonly kind: "repository";
  readonly location: RegistryLocation;
  readonly repository: Repository;
}

/** An image of a repository. */
export interface ImageNode {
  readonly kind: "image";
  readonly location: RegistryLocation;
  readonly repository: Repository;
  readonly image: Image;
}

/** The row that shows more images of a repository. */
export interface MoreNode {
  readonly kind: "more";
  readonly repositoryNode: RepositoryNode;
  readonly shown: number;
  readonly total: number;
  /** Whether ECR has told all images; until then `total` still grows. */
  readonly isComplete: boolean;
}

/** A row that says why rows are missing. */
export interface FailureNode {
  readonly kind: "failure";
  /** The row that it stands under; undefined at the root. */
  readonly parent: RegistryNode | RepositoryNode | undefined;
  readonly error: unknown;
}

/** A row that says that a repository holds nothing. */
export interface EmptyNode {
  readonly kind: "empty";
  readonly repositoryNode: RepositoryNode;
}

/** Every row of the registry tree. */
export type RegistryTreeNode =
  RegistryNode | RepositoryNode | ImageNode | MoreNode | FailureNode | EmptyNode;
