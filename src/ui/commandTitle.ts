import * as vscode from "vscode";
import { type CommandId, commandIds } from "./commandIds.js";

/** Names a command's action in titles of its questions and in the log. */
export function commandTitle(id: CommandId): string {
  const { t } = vscode.l10n;
  switch (id) {
    case commandIds.pushDockerfile:
    case commandIds.pushDockerfileAgain:
    case commandIds.pushDockerfileWithOptions:
    case commandIds.pushToRepository:
      return t("Push to ECR");
    case commandIds.buildDockerfile:
    case commandIds.buildDockerfileWithOptions:
      return t("Build Image");
    case commandIds.pushLocalImage:
      return t("Push Local Image");
    case commandIds.tagLocalImage:
      return t("Tag Image");
    case commandIds.checkLocalImage:
      return t("Check Whether in ECR");
    case commandIds.copyLocalName:
      return t("Copy Local Image Name");
    case commandIds.removeLocalImages:
      return t("Remove Local Images");
    case commandIds.removeDanglingImages:
      return t("Remove Dangling Images");
    case commandIds.pullImage:
      return t("Pull Image");
    case commandIds.refreshLocalImages:
      return t("Refresh Local Images");
    case commandIds.chooseRegistry:
      return t("Choose Profile or Region");
    case commandIds.refreshRegistry:
    case commandIds.readRegistryAgain:
    case commandIds.loadMoreImages:
    case commandIds.loadMoreRepositories:
    case commandIds.showFailure:
      return t("Read the Registry");
    case commandIds.addRegistry:
      return t("Add Registry");
    case commandIds.removeRegistry:
      return t("Remove Registry");
    case commandIds.filterRepositories:
    case commandIds.clearRepositoryFilter:
      return t("Find Repositories");
    case commandIds.groupRepositories:
    case commandIds.flattenRepositories:
      return t("Arrange Repositories");
    case commandIds.pinRepository:
      return t("Pin Repository");
    case commandIds.unpinRepository:
      return t("Unpin Repository");
    case commandIds.stopReadingImages:
      return t("Stop Reading");
    case commandIds.sortImages:
      return t("Sort Images");
    case commandIds.filterImages:
    case commandIds.clearImageFilter:
      return t("Filter Images");
    case commandIds.refreshImages:
      return t("Refresh Images");
    case commandIds.findImage:
      return t("Find Image");
    case commandIds.createRepository:
      return t("Create Repository");
    case commandIds.copyRepositoryUri:
    case commandIds.copyImageUri:
    case commandIds.copyDigestUri:
      return t("Copy URI");
    case commandIds.showImageDetails:
      return t("Show Image Details");
    case commandIds.compareImages:
      return t("Compare Images");
    case commandIds.showManifest:
      return t("Show Manifest");
    case commandIds.showConfig:
      return t("Show Config");
    case commandIds.copyRepositoryArn:
      return t("Copy ARN");
    case commandIds.setMutability:
      return t("Change Tag Rule");
    case commandIds.deleteRepository:
      return t("Delete Repository");
    case commandIds.openRepositoryConsole:
    case commandIds.openImageConsole:
      return t("Open in AWS Console");
    case commandIds.copyImageAs:
    case commandIds.copyPullCommand:
    case commandIds.copyFromLine:
    case commandIds.copyKubernetesLine:
    case commandIds.copyEcsImage:
    case commandIds.copyTerraformImage:
    case commandIds.copyImageDigest:
      return t("Copy Image As");
    case commandIds.tagImage:
      return t("Tag Image in ECR");
    case commandIds.untagImage:
      return t("Remove Tag");
    case commandIds.scanImage:
      return t("Scan Image");
    case commandIds.archiveImage:
      return t("Archive Image");
    case commandIds.restoreImage:
      return t("Restore Image");
    case commandIds.deleteImage:
      return t("Delete Image");
    case commandIds.copyPushCommands:
      return t("Copy Push Commands");
    case commandIds.showRepository:
      return t("Show Repository");
    case commandIds.cleanUpImages:
      return t("Clean Up Images");
    case commandIds.editLifecycle:
    case commandIds.previewLifecycle:
    case commandIds.deleteLifecycle:
      return t("Lifecycle Policy");
    case commandIds.showContext:
    case commandIds.refreshContext:
    case commandIds.hideContext:
    case commandIds.revealInContext:
      return t("Show Build Context");
    case commandIds.ignoreInContext:
      return t("Add to .dockerignore");
    case commandIds.cancelBuild:
      return t("Cancel Build");
    case commandIds.showBuildOutput:
      return t("Show Output of a Build");
    case commandIds.runBuildAgain:
      return t("Run a Build Again");
    case commandIds.openBuildDockerfile:
      return t("Open the Dockerfile of a Build");
    case commandIds.copyBuildDigestUri:
      return t("Copy Digest URI of a Build");
    case commandIds.clearFinishedBuilds:
      return t("Clear Finished Builds");
    case commandIds.renewToken:
      return t("Renew Login Token");
    case commandIds.logInDockerCli:
      return t("Log in Docker CLI");
    case commandIds.logOutDockerCli:
      return t("Log out Docker CLI");
    case commandIds.signIn:
      return t("Sign In");
    case commandIds.copyIdentity:
      return t("Copy Identity");
    case commandIds.checkSetup:
      return t("Check My Setup");
    case commandIds.showStatusMenu:
      return t("ECR");
    case commandIds.showLog:
      return t("Show Log");
  }
}
