/** Every command that the extension registers; ids are public and never change. */
export const commandIds = {
  pushDockerfile: "ecr.dockerfile.push",
  pushDockerfileWithOptions: "ecr.dockerfile.pushWithOptions",
  pushDockerfileAgain: "ecr.dockerfile.pushAgain",
  buildDockerfile: "ecr.dockerfile.build",
  buildDockerfileWithOptions: "ecr.dockerfile.buildWithOptions",
  pushLocalImage: "ecr.localImage.push",
  tagLocalImage: "ecr.localImage.tag",
  refreshLocalImages: "ecr.localImages.refresh",
  chooseRegistry: "ecr.registry.choose",
  refreshRegistry: "ecr.registry.refresh",
  createRepository: "ecr.repository.create",
  pushToRepository: "ecr.repository.push",
  copyRepositoryUri: "ecr.repository.copyUri",
  copyPushCommands: "ecr.repository.copyPushCommands",
  loadMoreImages: "ecr.images.loadMore",
  copyImageUri: "ecr.image.copyUri",
  copyDigestUri: "ecr.image.copyDigestUri",
  showContext: "ecr.context.show",
  refreshContext: "ecr.context.refresh",
  hideContext: "ecr.context.hide",
  ignoreInContext: "ecr.context.ignore",
  revealInContext: "ecr.context.reveal",
  renewToken: "ecr.token.renew",
  showStatusMenu: "ecr.status.showMenu",
  showFailure: "ecr.failure.show",
  showLog: "ecr.log.show",
} as const;

/** The id of one of the extension's commands. */
export type CommandId = (typeof commandIds)[keyof typeof commandIds];
