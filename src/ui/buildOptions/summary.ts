import * as vscode from "vscode";
import type { BuildChoices } from "../../core/build/buildChoices.js";
import { attestationsText } from "./editAttestations.js";

/** More arguments than this are counted, not listed. */
const MAX_LISTED = 3;

/** Says in one line what a build with these choices is given. */
export function summarize(choices: BuildChoices): string {
  const { t } = vscode.l10n;
  const { target, platforms, network, labels, hosts, contexts } = choices;
  const facts = [
    target === undefined ? undefined : t("stage {0}", target),
    platforms.length === 0 ? undefined : platforms.join(", "),
    argsText(choices),
    secretsText(choices),
    choices.agents.length === 0 ? undefined : t("with your SSH agent"),
    choices.noCache ? t("without cache") : undefined,
    choices.pull ? t("newest base images") : undefined,
    network === "none"
      ? t("no network")
      : network === "host"
        ? t("network of the host")
        : undefined,
    countText(labels, (count) => t("{0} labels", count), t("1 label")),
    countText(hosts, (count) => t("{0} host names", count), t("1 host name")),
    countText(contexts, (count) => t("{0} named contexts", count), t("1 named context")),
    choices.cacheFrom.length === 0 ? undefined : t("reads a cache"),
    choices.cacheTo.length === 0 ? undefined : t("writes a cache"),
    attestationsText(choices.attestations),
  ].filter((fact) => fact !== undefined);
  return facts.length === 0 ? t("What the Dockerfile says") : facts.join(" · ");
}

/** Lists the arguments that are set, without the values that are not kept. */
export function argsText({ args, typedArgs }: BuildChoices): string | undefined {
  const shown = [
    ...Object.entries(args).map(([name, value]) => `${name}=${value}`),
    ...typedArgs.map((name) => `${name}=…`),
  ];
  if (shown.length === 0) return undefined;
  return shown.length > MAX_LISTED
    ? vscode.l10n.t("{0} build arguments", shown.length)
    : shown.join(", ");
}

function secretsText({ secrets }: BuildChoices): string | undefined {
  const ids = Object.keys(secrets);
  if (ids.length === 0) return undefined;
  const [id = ""] = ids;
  return ids.length === 1
    ? vscode.l10n.t("secret {0}", id)
    : vscode.l10n.t("{0} secrets", ids.length);
}

function countText(
  values: Readonly<Record<string, unknown>>,
  many: (count: number) => string,
  one: string,
): string | undefined {
  const { length } = Object.keys(values);
  return length === 0 ? undefined : length === 1 ? one : many(length);
}
