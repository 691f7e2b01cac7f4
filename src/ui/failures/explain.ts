import * as vscode from "vscode";
import type { ErrorKind, FailureOf } from "../../core/errors.js";
import { awsExplanations } from "./explainAws.js";
import { buildExplanations } from "./explainBuild.js";
import { changeExplanations } from "./explainChange.js";
import { engineExplanations } from "./explainEngine.js";
import { inputExplanations } from "./explainInput.js";
import { profileExplanations } from "./explainProfile.js";
import { registryExplanations } from "./explainRegistry.js";
import { ruleExplanations } from "./explainRules.js";
import { terminalExplanations } from "./explainTerminal.js";
import { type Explanation, type Explanations, say } from "./explanation.js";

/** The compiler insists on a sentence for each kind. */
const explanations: Explanations<ErrorKind> = {
  ...engineExplanations,
  ...awsExplanations,
  ...profileExplanations,
  ...registryExplanations,
  ...ruleExplanations,
  ...inputExplanations,
  ...buildExplanations,
  ...changeExplanations,
  ...terminalExplanations,
  unexpected: (failure) =>
    say(vscode.l10n.t("Something unforeseen went wrong: {0}", failure.message), "retry"),
};

/** Turns a failure into one sentence (or two) and its remedies; the only place that does. */
export function explain<Kind extends ErrorKind>(failure: FailureOf<Kind>): Explanation {
  return explanations[failure.kind](failure);
}
