import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";
import { commandIds } from "../commandIds.js";
import { openFileAt } from "../openFileAt.js";
import { adminMessage } from "./adminMessage.js";
import { explain } from "./explain.js";
import { guideFor } from "./guides.js";
import { missingPolicy, missingRepositoryPolicy } from "./policies.js";
import { type Remedy, type RemedyActions, remedyLabel } from "./remedies.js";
import { startDocker } from "./startDocker.js";

/** Says a failure in a sentence, with its remedies as buttons, and does what is pressed. */
export async function offerRemedies(
  failure: Failure,
  own: RemedyActions,
  log: Pick<vscode.LogOutputChannel, "show">,
): Promise<void> {
  const actions = { ...commonActions(failure, own.retry), ...own };
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

/** Returns what the buttons do wherever a failure happens. */
export function commonActions(failure: Failure, retry: RemedyActions["retry"]): RemedyActions {
  const run =
    (command: string, ...args: unknown[]) =>
    (): Thenable<unknown> =>
      vscode.commands.executeCommand(command, ...args);
  const actions: RemedyActions = {
    "choose-registry": run(commandIds.chooseRegistry),
    "manage-trust": run("workbench.trust.manage"),
    "open-setting": run("workbench.action.openSettings", settingsFor(failure)),
  };
  const offerCopy = (remedy: Remedy, text: string | undefined): void => {
    if (text === undefined) return;
    actions[remedy] = (): Thenable<void> => vscode.env.clipboard.writeText(text);
  };
  offerCopy("copy-policy", missingPolicy(failure));
  offerCopy("copy-repository-policy", missingRepositoryPolicy(failure));
  offerCopy("copy-for-admin", adminMessage(failure, new Date()));
  if (
    failure.kind === "profile-unusable" ||
    failure.kind === "profile-cycle" ||
    failure.kind === "source-profile-missing" ||
    failure.kind === "sso-session-unusable" ||
    failure.kind === "aws-file-malformed"
  ) {
    actions["open-aws-file"] = (): Thenable<unknown> => openFileAt(failure.path, failure.line);
  }
  const guide = guideFor(failure);
  // Who has no other way to a new token asks for one by trying again.
  if (retry) actions["renew-token"] = retry;
  if (guide !== undefined) actions["show-how"] = (): Thenable<boolean> => openPage(guide);
  if (failure.kind === "docker-unavailable") {
    actions["start-docker"] = (): Promise<void> => startDocker(failure.endpoint, retry);
  }
  if (failure.kind === "docker-config-invalid" && /[\\/]/.test(failure.path)) {
    actions["open-file"] = (): Thenable<unknown> => openFileAt(failure.path, undefined);
  }
  const place = placeOf(failure);
  if (place) {
    actions["open-dockerfile"] = (): Thenable<unknown> => openFileAt(place.path, place.line);
  }
  return actions;
}

/** What to search the settings for. */
function settingsFor({ kind }: Failure): string {
  const isNetwork =
    kind === "certificate-untrusted" || kind === "proxy-refused" || kind === "aws-unreachable";
  return isNetwork
    ? "@id:http.proxy,http.proxySupport,http.proxyStrictSSL,http.systemCertificates"
    : "@id:ecr.endpoint";
}

/** The line of a Dockerfile that a failure is about. */
function placeOf(failure: Failure): { path: string; line: number | undefined } | undefined {
  if (failure.kind === "dockerfile-empty") return { path: failure.path, line: 1 };
  if (!("dockerfile" in failure)) return undefined;
  return { path: failure.dockerfile, line: failure.line };
}

function openPage(address: string): Thenable<boolean> {
  return vscode.env.openExternal(vscode.Uri.parse(address));
}
