import * as vscode from "vscode";
import { EcrError } from "../core/errors.js";
import { type CommandId, commandIds } from "./commandIds.js";

/** What reads a workspace's files to run them, or writes to a registry. */
const NEEDS_TRUST: ReadonlySet<CommandId> = new Set([
  commandIds.pushDockerfile,
  commandIds.pushDockerfileWithOptions,
  commandIds.pushDockerfileAgain,
  commandIds.buildDockerfile,
  commandIds.buildDockerfileWithOptions,
  commandIds.runBuildAgain,
  commandIds.pushLocalImage,
  commandIds.pushToRepository,
  commandIds.createRepository,
  commandIds.cleanUpImages,
  commandIds.editLifecycle,
  commandIds.deleteLifecycle,
  commandIds.deleteRepository,
  commandIds.setMutability,
  commandIds.tagImage,
  commandIds.untagImage,
  commandIds.scanImage,
  commandIds.archiveImage,
  commandIds.restoreImage,
  commandIds.deleteImage,
  commandIds.showContext,
  commandIds.ignoreInContext,
]);

/**
 * Fails with `workspace-untrusted` for a command that does more than browse, in a workspace that
 * nobody trusts.
 *
 * The commands stay in menus and palette: one that is missing gives no reason.
 */
export function requireTrust(command: CommandId, title: string): void {
  if (vscode.workspace.isTrusted || !NEEDS_TRUST.has(command)) return;
  throw new EcrError({ kind: "workspace-untrusted", action: title });
}
