import type * as vscode from "vscode";
import type { ContextNode } from "../core/context/contextContents.js";
import type { BuildNode } from "./buildNodes.js";
import type { CommandId } from "./commandIds.js";
import type { DockerfileLine } from "./commands/builds.js";
import type { LifecycleTarget } from "./commands/lifecyclePolicies.js";
import type {
  FailureNode,
  FilterNode,
  ImageNode,
  MoreNode,
  MoreRepositoriesNode,
  RegistryNode,
  RepositoryNode,
} from "./explorer/registryNodes.js";
import type {
  DanglingNode,
  LocalImageNode,
  LocalImagesNode,
} from "./localImages/localImageNodes.js";

/** What menus and rows call a command on; commands that are not listed take no target. */
interface Targets {
  readonly "ecr.dockerfile.push": vscode.Uri;
  readonly "ecr.dockerfile.pushAgain": vscode.Uri;
  readonly "ecr.dockerfile.pushWithOptions": vscode.Uri;
  readonly "ecr.dockerfile.build": vscode.Uri;
  readonly "ecr.dockerfile.buildWithOptions": vscode.Uri;
  /** A row of the local images, or the reference of an image. */
  readonly "ecr.localImage.push": LocalImageNode | string;
  readonly "ecr.localImage.tag": LocalImageNode;
  readonly "ecr.localImage.check": LocalImageNode;
  readonly "ecr.localImage.copyName": LocalImageNode;
  readonly "ecr.localImage.remove": LocalImagesNode;
  readonly "ecr.localImages.removeDangling": DanglingNode;
  readonly "ecr.image.pull": ImageNode;
  readonly "ecr.registry.readAgain": RegistryNode;
  readonly "ecr.registry.remove": RegistryNode;
  readonly "ecr.repositories.loadMore": MoreRepositoriesNode;
  readonly "ecr.repository.pin": RepositoryNode;
  readonly "ecr.repository.unpin": RepositoryNode;
  readonly "ecr.repository.create": RegistryNode;
  readonly "ecr.repository.push": RepositoryNode;
  readonly "ecr.repository.copyUri": RepositoryNode;
  readonly "ecr.repository.copyPushCommands": RepositoryNode;
  readonly "ecr.repository.showPage": RepositoryNode;
  readonly "ecr.repository.cleanUp": RepositoryNode;
  readonly "ecr.repository.editLifecycle": LifecycleTarget;
  readonly "ecr.repository.previewLifecycle": LifecycleTarget;
  readonly "ecr.repository.deleteLifecycle": LifecycleTarget;
  readonly "ecr.images.loadMore": MoreNode;
  readonly "ecr.images.stopReading": MoreNode;
  readonly "ecr.images.sort": RepositoryNode;
  readonly "ecr.images.filter": RepositoryNode;
  readonly "ecr.images.clearFilter": FilterNode;
  readonly "ecr.images.refresh": RepositoryNode;
  readonly "ecr.image.copyUri": ImageNode;
  readonly "ecr.image.copyDigestUri": ImageNode;
  readonly "ecr.image.showDetails": ImageNode;
  readonly "ecr.image.compare": ImageNode;
  readonly "ecr.image.showManifest": ImageNode;
  readonly "ecr.image.showConfig": ImageNode;
  readonly "ecr.repository.copyArn": RepositoryNode;
  readonly "ecr.repository.setMutability": RepositoryNode;
  readonly "ecr.repository.openConsole": RepositoryNode;
  readonly "ecr.repository.delete": RepositoryNode;
  readonly "ecr.image.copyAs": ImageNode;
  readonly "ecr.image.copyPullCommand": ImageNode;
  readonly "ecr.image.copyFromLine": ImageNode;
  readonly "ecr.image.copyKubernetesLine": ImageNode;
  readonly "ecr.image.copyEcsImage": ImageNode;
  readonly "ecr.image.copyTerraformImage": ImageNode;
  readonly "ecr.image.copyDigest": ImageNode;
  readonly "ecr.image.openConsole": ImageNode;
  readonly "ecr.image.tag": ImageNode;
  readonly "ecr.image.untag": ImageNode;
  readonly "ecr.image.scan": ImageNode;
  readonly "ecr.image.archive": ImageNode;
  readonly "ecr.image.restore": ImageNode;
  readonly "ecr.image.delete": ImageNode;
  readonly "ecr.context.show": vscode.Uri;
  readonly "ecr.context.ignore": ContextNode;
  readonly "ecr.context.reveal": ContextNode;
  readonly "ecr.build.cancel": BuildNode;
  readonly "ecr.build.showOutput": BuildNode;
  readonly "ecr.build.runAgain": BuildNode;
  /** A build, or a step of one. */
  readonly "ecr.build.openDockerfile": BuildNode | DockerfileLine;
  readonly "ecr.build.copyDigestUri": BuildNode;
  /** The profile; undefined for the one in use. */
  readonly "ecr.session.signIn": string;
  readonly "ecr.setup.check": vscode.Uri;
  readonly "ecr.failure.show": FailureNode;
}

/** The target of a command; the palette calls every command without one. */
export type CommandTarget<K extends CommandId> = K extends keyof Targets
  ? Targets[K] | undefined
  : undefined;

/** What each command does, given its target, its title, and all rows that are selected with it. */
export type CommandHandlers = {
  readonly [K in CommandId]: (
    target: CommandTarget<K>,
    title: string,
    selected: readonly NonNullable<CommandTarget<K>>[],
  ) => unknown;
};

/** What the commands do whose ids name one of these nouns. */
export type HandlersOf<Noun extends string> = Pick<
  CommandHandlers,
  Extract<CommandId, `ecr.${Noun}.${string}`>
>;
