import * as vscode from "vscode";
import {
  findPolicyProblems,
  MAX_POLICY_CHARACTERS,
  type PolicyProblem,
} from "../../core/repositories/lifecycle/findPolicyProblems.js";
import { LIFECYCLE_SCHEME } from "./lifecycleUri.js";

/** Marks in lifecycle policies what is wrong between their rules, as they are typed. */
export function showPolicyProblems(): vscode.Disposable {
  const problems = vscode.languages.createDiagnosticCollection(LIFECYCLE_SCHEME);
  const check = (document: vscode.TextDocument): void => {
    if (document.uri.scheme !== LIFECYCLE_SCHEME) return;
    const found = findPolicyProblems(document.getText());
    problems.set(
      document.uri,
      found.map(({ problem, start, end }) => {
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        return new vscode.Diagnostic(range, problemText(problem), vscode.DiagnosticSeverity.Error);
      }),
    );
  };
  vscode.workspace.textDocuments.forEach(check);
  return vscode.Disposable.from(
    problems,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      check(document);
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      problems.delete(uri);
    }),
  );
}

function problemText(problem: PolicyProblem["problem"]): string {
  const { t } = vscode.l10n;
  switch (problem) {
    case "priority-twice":
      return t("Another rule has this priority already.");
    case "any-not-last":
      return t("The rule for any tag status takes all images, and must have the highest number.");
    case "too-long":
      return t("ECR takes at most {0} characters.", MAX_POLICY_CHARACTERS);
  }
}
