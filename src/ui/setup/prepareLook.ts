import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";
import { readNetworkFacts } from "../../core/setup/networkFacts.js";
import type { LastPush } from "../../core/setup/pushChecks.js";
import type { Check } from "../../core/setup/check.js";
import { commandIds } from "../commandIds.js";
import { possibleContexts } from "../dockerfiles.js";
import { asNames, type DockerfilePushPorts, platformsOf, renewTags } from "../dockerfilePush.js";
import { commonActions } from "../failures/offerRemedies.js";
import type { RemedyActions } from "../failures/remedies.js";
import { AnswerMemory, type PushAnswers } from "../pushAnswers.js";
import { readSettings } from "../settings.js";
import type { SetupLook } from "./setupPage.js";

/** What looking at the setup needs. */
export interface CheckSetupPorts extends DockerfilePushPorts {
  readonly extension: Pick<vscode.Extension<unknown>, "extensionUri" | "packageJSON">;
  /** The variables of this host. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const BYTES_PER_MB = 1_000_000;

/** Prepares a look at the push of a Dockerfile, else of the one that was pushed last. */
export async function prepareLook(
  ports: CheckSetupPorts,
  target: vscode.Uri | undefined,
): Promise<SetupLook> {
  const memory = new AnswerMemory(ports.state);
  const lastUri = memory.lastDockerfile();
  // What an untrusted folder says of itself is not looked at.
  const dockerfile = vscode.workspace.isTrusted
    ? (target ?? (lastUri === undefined ? undefined : vscode.Uri.parse(lastUri)))
    : undefined;
  const last = dockerfile && memory.recall(dockerfile);
  const location = last?.registry ?? (await ports.choice.locate().catch(() => undefined));
  const next = dockerfile && last && (await renewTags(ports, dockerfile, last));
  // Whoever looks may have mended the AWS files meanwhile.
  ports.registries.forgetAll();
  return {
    ports: {
      engine: ports.engine,
      openRegistry: async () => ports.registries.open(location ?? (await ports.choice.locate())),
      tokens: ports.tokens,
      readNetwork: () => {
        const http = vscode.workspace.getConfiguration("http");
        return readNetworkFacts({
          proxy: http.get("proxy", ""),
          proxyStrictSSL: http.get("proxyStrictSSL", true),
          systemCertificates: http.get("systemCertificates", true),
          environment: ports.environment,
        });
      },
      measureContext: ports.measureContext,
      contextLimitBytes: readSettings().contextWarningMB * BYTES_PER_MB,
      now: () => new Date(),
    },
    subject: {
      build: dockerfile && {
        dockerfile: dockerfile.fsPath,
        context: last?.context ?? possibleContexts(dockerfile)[0] ?? "",
        platforms: last ? platformsOf(last) : [],
      },
      lastPush: next && asLastPush(next),
    },
    dockerfile: dockerfile && vscode.workspace.asRelativePath(dockerfile),
    actionsOf: (check, again) =>
      actionsOf(ports, dockerfile, failureOf(check, location?.profile), again),
  };
}

function asLastPush(answers: PushAnswers): LastPush {
  const { runsOn, create, tookMs } = answers;
  return { ...asNames(answers), create, runsOn, platforms: platformsOf(answers), tookMs };
}

/** What the buttons of a line do: the same as those of failures, and the wizard for the rest. */
function actionsOf(
  { boundary }: CheckSetupPorts,
  dockerfile: vscode.Uri | undefined,
  failure: Failure | undefined,
  again: () => void,
): RemedyActions {
  if (!failure) return {};
  const run = (command: string) => (): Thenable<unknown> =>
    vscode.commands.executeCommand(command, dockerfile);
  const wizard = dockerfile
    ? {
        "pick-tag": run(commandIds.pushDockerfile),
        "pick-repository": run(commandIds.pushDockerfile),
        "pick-platform": run(commandIds.pushDockerfile),
        "build-options": run(commandIds.pushDockerfileWithOptions),
      }
    : {};
  return {
    ...commonActions(failure, again),
    ...boundary.signInAction(failure, again),
    ...wizard,
  };
}

/** Warnings are met with what helps once they have come true. */
function failureOf(check: Check, profile: string | undefined): Failure | undefined {
  if (check.state === "failed") return check.failure;
  if (check.state !== "warning") return undefined;
  if (check.id === "disk") return { kind: "engine-disk-full", operation: "build" };
  if (check.id === "session") return { kind: "credentials-expired", profile };
  return check.id === "network" ? { kind: "proxy-refused", host: "" } : undefined;
}
