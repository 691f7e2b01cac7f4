import * as vscode from "vscode";
import { repositoryArn } from "../../core/ecrHost.js";
import type { Failure } from "../../core/errors.js";
import { commandIds } from "../commandIds.js";
import { explain } from "./explain.js";
import { openFileAt } from "../openFileAt.js";
import { policyFor, PULL_ACTIONS, PUSH_ACTIONS } from "./iamPolicy.js";
import { type Remedy, type RemedyActions, remedyLabel } from "./remedies.js";

/** Says a failure in a sentence, with its remedies as buttons, and does what is pressed. */
export async function offerRemedies(
  failure: Failure,
  own: RemedyActions,
  log: Pick<vscode.LogOutputChannel, "show">,
): Promise<void> {
  const actions = { ...commonActions(failure), ...own };
  const { message, remedies } = explain(failure);
  const offered = remedies.filter((remedy) => actions[remedy] !== undefined);
  const labels = new Map<string, Remedy>(offered.map((remedy) => [remedyLabel(remedy), remedy]));
  const showLog = vscode.l10n.t("Show Log");
  const chosen = await vscode.window.showErrorMessage(message, ...labels.keys(), showLog);
  if (chosen === showLog) {
    log.show();
    return;
  }
  const remedy = chosen === undefined ? undefined : labels.get(chosen);
  if (remedy !== undefined) await actions[remedy]?.();
}

/** What the buttons do wherever a failure happens. */
function commonActions(failure: Failure): RemedyActions {
  const run =
    (command: string, ...args: unknown[]) =>
    (): Thenable<unknown> =>
      vscode.commands.executeCommand(command, ...args);
  const actions: RemedyActions = {
    "choose-registry": run(commandIds.chooseRegistry),
    "open-setting": run("workbench.action.openSettings", "ecr.endpoint"),
  };
  const policy = findPolicy(failure);
  if (policy !== undefined) {
    actions["copy-policy"] = (): Thenable<void> => vscode.env.clipboard.writeText(policy);
  }
  const guide = guideFor(failure);
  if (guide !== undefined) actions["show-how"] = (): Thenable<boolean> => openPage(guide);
  if (
    failure.kind === "build-failed" ||
    failure.kind === "emulator-missing" ||
    failure.kind === "secret-missing" ||
    failure.kind === "ssh-agent-missing" ||
    failure.kind === "base-image-unauthorized" ||
    failure.kind === "base-image-denied" ||
    failure.kind === "base-image-not-found"
  ) {
    actions["open-dockerfile"] = (): Thenable<unknown> =>
      openFileAt(failure.dockerfile, failure.line);
  }
  if (failure.kind === "dockerfile-empty") {
    actions["open-dockerfile"] = (): Thenable<unknown> => openFileAt(failure.path, 1);
  }
  return actions;
}

/** What the owner of the account has to allow; undefined where nobody knows what is missing. */
function findPolicy(failure: Failure): string | undefined {
  if (failure.kind === "base-image-denied" && failure.login?.kind === "aws") {
    const { action, resource, host, image } = failure;
    return action === undefined
      ? policyFor(PULL_ACTIONS, repositoryArn(host, image))
      : policyFor([action], resource);
  }
  if (failure.kind === "cache-denied" && failure.login?.kind === "aws") {
    const { action, resource, host, reference } = failure;
    return action === undefined
      ? policyFor(PUSH_ACTIONS, repositoryArn(host, reference))
      : policyFor([action], resource);
  }
  if (failure.kind !== "access-denied" || failure.action === undefined) return undefined;
  return policyFor([failure.action], failure.resource);
}

/** The page that says what to change in the engine. */
function guideFor({ kind }: Failure): string | undefined {
  if (kind === "engine-disk-full")
    return "https://docs.docker.com/engine/manage-resources/pruning/";
  if (kind === "platforms-unsupported") return "https://docs.docker.com/engine/storage/containerd/";
  return kind === "emulator-missing"
    ? "https://docs.docker.com/build/building/multi-platform/#qemu"
    : undefined;
}

function openPage(address: string): Thenable<boolean> {
  return vscode.env.openExternal(vscode.Uri.parse(address));
}
