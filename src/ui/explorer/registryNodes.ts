import type { AttachedImage, ImageFamily } from "../../core/images/foldImages.js";
import type { Image, RegistryLocation, Repository } from "../../core/registry.js";

/** A registry: a root row. */
export interface RegistryNode {
  readonly kind: "registry";
  readonly location: RegistryLocation;
  /** Whether it is the one that this window works with, which stands first. */
  readonly isChosen: boolean;
  /** The account, once a repository has told it. */
  readonly registryId: string | undefined;
  /** What stands before the names of a public registry's repositories, once one has told it. */
  readonly alias?: string | undefined;
  /** Why its repositories, or not all of them, can be read. */
  readonly failure?: { readonly error: unknown } | undefined;
}

/** What the names of several repositories begin with. */
export interface NamespaceNode {
  readonly kind: "namespace";
  readonly location: RegistryLocation;
  /** The beginning of the names, without a slash at its end. */
  readonly path: string;
  /** How many repositories are below it, as far as they are read. */
  readonly count: number;
  /** Whether a push creates repositories here. */
  readonly createsOnPush: boolean;
  /** The registry whose images all repositories here copy. */
  readonly upstream?: string;
}

/** How a repository stands among the others. */
export interface RepositoryPlace {
  /** The namespace below which it stands; undefined at the top, under its whole name. */
  readonly namespace?: string;
  readonly isPinned?: boolean;
  /** Where its name holds what is looked for. */
  readonly matches?: [number, number][];
  /** The registry whose images it copies. */
  readonly upstream?: string;
}

/** A repository of a registry. */
export interface RepositoryNode {
  readonly kind: "repository";
  readonly location: RegistryLocation;
  readonly repository: Repository;
  /** Undefined for a repository that stands in no tree. */
  readonly place?: RepositoryPlace;
}

/** An image of a repository. */
export interface ImageNode {
  readonly kind: "image";
  readonly location: RegistryLocation;
  readonly repository: Repository;
  readonly image: Image;
  /** What belongs to it and stands below it; undefined where nobody looked. */
  readonly family?: ImageFamily;
  /** The image below whose row it stands, and as what. */
  readonly within?: PlaceInFamily;
}

/** How an image belongs to another one. */
export interface PlaceInFamily {
  readonly parent: ImageNode;
  readonly role: "platform" | AttachedImage["role"];
  /** The platform, where the role is that and the index tells it. */
  readonly platform: string | undefined;
}

/** The row that holds what builds left for the next ones. */
export interface CachesNode {
  readonly kind: "caches";
  readonly repositoryNode: RepositoryNode;
  readonly images: readonly Image[];
}

/** The row that shows more images of a repository. */
export interface MoreNode {
  readonly kind: "more";
  readonly repositoryNode: RepositoryNode;
  readonly shown: number;
  readonly total: number;
  /** Whether ECR has told all images; until then `total` still grows. */
  readonly isComplete: boolean;
  /** Whether more are read just now; somebody may have stopped that. */
  readonly isReading: boolean;
}

/** The row that says by what the images of a repository are filtered. */
export interface FilterNode {
  readonly kind: "filter";
  readonly repositoryNode: RepositoryNode;
  readonly text: string;
  /** How many of the images that are known fit. */
  readonly fitting: number;
  readonly known: number;
}

/** The row that shows more repositories of a registry or namespace. */
export interface MoreRepositoriesNode {
  readonly kind: "moreRepositories";
  readonly parent: RegistryNode | NamespaceNode;
  readonly shown: number;
  readonly total: number;
  /** Whether ECR has told all repositories; until then `total` may grow. */
  readonly isComplete: boolean;
}

/** A row that says why rows are missing. */
export interface FailureNode {
  readonly kind: "failure";
  /** The row that it stands under; undefined at the root. */
  readonly parent: RegistryNode | RepositoryNode | ImageNode | undefined;
  readonly error: unknown;
}

/** A row that says that a registry or repository holds nothing. */
export interface EmptyNode {
  readonly kind: "empty";
  readonly parent: RegistryNode | RepositoryNode;
  /** What was looked for in vain. */
  readonly filter?: string;
}

/** Every row of the registry tree. */
export type RegistryTreeNode =
  | RegistryNode
  | NamespaceNode
  | RepositoryNode
  | MoreRepositoriesNode
  | ImageNode
  | CachesNode
  | MoreNode
  | FilterNode
  | FailureNode
  | EmptyNode;
