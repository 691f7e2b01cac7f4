import type * as vscode from "vscode";
import type { ContextView } from "../context/contextView.js";
import { chooseDockerfile, possibleContexts } from "../dockerfiles.js";
import type { AnswerMemory } from "../pushAnswers.js";
import { pickContext } from "../steps/pickContext.js";

/** *Show Build Context*: what a build of the Dockerfile would send, of the context used last. */
export async function showBuildContext(
  { view, memory }: { readonly view: ContextView; readonly memory: AnswerMemory },
  title: string,
  target: vscode.Uri | undefined,
): Promise<void> {
  const dockerfile = await chooseDockerfile(title, target);
  if (!dockerfile) return;
  const context = memory.recall(dockerfile)?.context ?? (await chooseContext(title, dockerfile));
  if (context === undefined) return;
  await view.show({ dockerfile: dockerfile.fsPath, context, platforms: [], tokens: [] });
}

async function chooseContext(title: string, dockerfile: vscode.Uri): Promise<string | undefined> {
  const contexts = possibleContexts(dockerfile);
  if (contexts.length < 2) return contexts[0];
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickContext(contexts, undefined, position);
  return answer.kind === "answer" ? answer.value : undefined;
}
