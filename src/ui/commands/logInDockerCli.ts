import * as vscode from "vscode";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { ProfileSource } from "../../core/ports.js";
import type { RegistryLocation } from "../../core/registry.js";
import type { RegistryToken } from "../../core/login/registryToken.js";
import type { LoginWay, TerminalLogins } from "../../core/login/terminalLogins.js";
import type { TokenKeeper } from "../../core/login/tokenKeeper.js";
import type { ShownRegistries } from "../explorer/shownRegistries.js";
import type { KnownAccounts } from "../knownAccounts.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";
import { readKnownRegistries } from "../knownRegistries.js";
import { formatSpan, formatTimeOfDay } from "../quantities.js";
import type { RegistryChoice } from "../registryChoice.js";
import { listRegistries, pickRegistry } from "../steps/pickRegistry.js";
import { mapAnswer, runWizard, type StepAnswer, type StepPosition } from "../wizard.js";

/** What logging a terminal in needs. */
export interface DockerCliPorts {
  readonly choice: RegistryChoice;
  readonly shown: Pick<ShownRegistries, "list">;
  readonly profiles: () => Promise<ProfileSource>;
  readonly accounts: KnownAccounts;
  readonly registries: OpenRegistries;
  readonly tokens: TokenKeeper;
  readonly terminalLogins: () => Promise<TerminalLogins>;
}

/** A token, and how the terminal gets it; without a way it needs none. */
interface Plan {
  readonly token: RegistryToken;
  readonly way: LoginWay | undefined;
}

interface Answers {
  readonly location: RegistryLocation | undefined;
  readonly plan: Plan | undefined;
}

/** *Log in Docker CLI…*: gives the docker command in terminals a login for one registry. */
export async function logInDockerCli(ports: DockerCliPorts, title: string): Promise<void> {
  const known = await readKnownRegistries(ports, undefined);
  const all = listRegistries(known);
  const answers = await runWizard<Answers>(
    title,
    [
      {
        isNeeded: () => all.length !== 1,
        ask: async (given, position) =>
          mapAnswer(await pickRegistry(known, position), (location) => ({ ...given, location })),
      },
      {
        isNeeded: () => true,
        ask: async (given, position) => {
          const location = given.location ?? all[0];
          if (!location) return { kind: "cancelled" };
          return mapAnswer(await pickWay(ports, location, position), (plan) => ({
            ...given,
            plan,
          }));
        },
      },
    ],
    { location: undefined, plan: undefined },
  );
  if (!answers?.plan) return;
  const { token, way } = answers.plan;
  if (way) await (await ports.terminalLogins()).logIn(token, way);
  void vscode.window.showInformationMessage(describeResult(token, way));
}

function describeResult(token: RegistryToken, way: LoginWay | undefined): string {
  const { t } = vscode.l10n;
  if (way === undefined || way.kind === "ecr-login") {
    return t(
      "docker in the terminal needs no login for {0}: docker-credential-ecr-login asks AWS by itself.",
      token.host,
    );
  }
  return t(
    "docker in the terminal is logged in to {0} until {1} ({2}).",
    token.host,
    formatTimeOfDay(token.expiresAt),
    formatSpan(token.remainingMs(new Date())),
  );
}

/** Asks how; each row says what it will do. */
async function pickWay(
  { registries, tokens, terminalLogins }: DockerCliPorts,
  location: RegistryLocation,
  position: StepPosition,
): Promise<StepAnswer<Plan>> {
  return await pickOne<Plan>(position, {
    placeholder: vscode.l10n.t("How docker in the terminal gets its login"),
    load: async (show, signal) => {
      // A new token gives the terminal the longest time.
      const token = await tokens.renew(await registries.open(location), signal);
      const { isAutomatic, ways } = await (await terminalLogins()).listWays(token.host);
      show(
        isAutomatic
          ? [automaticItem({ token, way: undefined })]
          : ways.map((way) => wayItem({ token, way }, way)),
      );
    },
  });
}

function automaticItem(plan: Plan): ChoiceItem<Plan> {
  return {
    label: vscode.l10n.t("No login is needed"),
    iconPath: new vscode.ThemeIcon("check"),
    detail: vscode.l10n.t(
      "The Docker config leaves {0} to docker-credential-ecr-login, which asks AWS by itself.",
      plan.token.host,
    ),
    value: plan,
  };
}

function wayItem(plan: Plan, way: LoginWay): ChoiceItem<Plan> {
  const { t } = vscode.l10n;
  const { host } = plan.token;
  const lasts = t("lasts {0}", formatSpan(plan.token.remainingMs(new Date())));
  switch (way.kind) {
    case "ecr-login":
      return {
        label: t("Leave it to docker-credential-ecr-login"),
        iconPath: new vscode.ThemeIcon("sync"),
        description: t("never ends"),
        detail: t(
          "Sets it for {0} in the Docker config. It asks AWS with the credentials of the terminal, and can't ask for MFA codes.",
          host,
        ),
        value: plan,
      };
    case "helper":
      return {
        label: t("Keep a token in {0}", way.program),
        iconPath: new vscode.ThemeIcon("key"),
        description: lasts,
        detail: way.isShort
          ? t(
              "Set in the Docker config. Windows Credential Manager keeps at most 2,500 characters; a token can be longer.",
            )
          : t("Set in the Docker config. The token for {0} goes to its input.", host),
        value: plan,
      };
    case "file":
      return {
        label: t("Keep a token in the Docker config"),
        iconPath: new vscode.ThemeIcon("file"),
        description: lasts,
        detail: t("Not encrypted, as docker login does where no store is set: {0}", way.path),
        value: plan,
      };
  }
}
