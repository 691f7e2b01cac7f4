import * as vscode from "vscode";
import { repositoryArn } from "../core/ecrHost.js";
import { asEcrError, EcrError, type Failure, isCancellation } from "../core/errors.js";
import { commandIds } from "./commandIds.js";
import { explain } from "./errorMessages.js";
import { logFailure } from "./failureLog.js";
import { openFileAt } from "./openFileAt.js";
import { policyFor, PULL_ACTIONS } from "./iamPolicy.js";
import { type Remedy, type RemedyActions, remedyLabel } from "./remedies.js";

/** The one place where a failure meets the user: a sentence, buttons, and the causes in the log. */
export class ErrorBoundary {
  /** `onRefused` is told that AWS does not take the credentials, so that they are read anew. */
  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly onRefused: () => void,
  ) {}

  /** Runs `work`; a failure is shown, a cancellation is a short text in the status bar. */
  async run<T>(
    action: string,
    work: () => Promise<T>,
    actions: RemedyActions = {},
  ): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (isCancellation(error)) {
        this.log.info(`${action}: cancelled`);
        vscode.window.setStatusBarMessage(vscode.l10n.t("{0} cancelled", action), 3000);
        return undefined;
      }
      this.show(action, error, actions);
      return undefined;
    }
  }

  /** Shows a failure that happened already. */
  show(action: string, error: unknown, actions: RemedyActions = {}): void {
    logFailure(this.log, action, error);
    const known = asEcrError(error);
    const failure: Failure =
      known instanceof EcrError ? known.failure : { kind: "unexpected", message: known.message };
    if (isRefusal(failure)) this.onRefused();
    void this.#offer(failure, { ...commonActions(failure), ...actions });
  }

  async #offer(failure: Failure, actions: RemedyActions): Promise<void> {
    const { message, remedies } = explain(failure);
    const offered = remedies.filter((remedy) => actions[remedy] !== undefined);
    const labels = new Map<string, Remedy>(offered.map((remedy) => [remedyLabel(remedy), remedy]));
    const showLog = vscode.l10n.t("Show Log");
    const chosen = await vscode.window.showErrorMessage(message, ...labels.keys(), showLog);
    if (chosen === showLog) {
      this.log.show();
      return;
    }
    const remedy = chosen === undefined ? undefined : labels.get(chosen);
    if (remedy !== undefined) await actions[remedy]?.();
  }
}

function isRefusal({ kind }: Failure): boolean {
  return kind.startsWith("credentials-") || kind === "profile-not-found";
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
  if (failure.kind === "credentials-expired") {
    actions["sign-in"] = (): void => {
      signInInTerminal(failure.profile);
    };
  }
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

/** Runs the AWS CLI without a shell, so that no character of a profile name is interpreted. */
function signInInTerminal(profile: string | undefined): void {
  const shellArgs = ["sso", "login", ...(profile === undefined ? [] : ["--profile", profile])];
  const name = vscode.l10n.t("AWS sign-in");
  vscode.window.createTerminal({ name, shellPath: "aws", shellArgs }).show();
}
