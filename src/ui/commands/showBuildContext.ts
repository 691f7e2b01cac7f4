import type * as vscode from "vscode";
import { ChoicesMemory } from "../buildOptions/choicesMemory.js";
import type { ContextView } from "../context/contextView.js";
import { chooseDockerfile, possibleContexts } from "../dockerfiles.js";
import { AnswerMemory } from "../pushAnswers.js";
import { pickContext } from "../steps/pickContext.js";

/** *Show Build Context*: what a build of the Dockerfile would send, with the answers of last time. */
export async function showBuildContext(
  { view, state }: { readonly view: ContextView; readonly state: vscode.Memento },
  title: string,
  target: vscode.Uri | undefined,
): Promise<void> {
  const dockerfile = await chooseDockerfile(title, target);
  if (!dockerfile) return;
  const { choices, image } = new ChoicesMemory(state).recall(dockerfile);
  const pushed = new AnswerMemory(state).recall(dockerfile);
  const context =
    pushed?.context ?? image?.context ?? (await chooseContext(title, possibleContexts(dockerfile)));
  if (context === undefined) return;
  const stage = choices.target === undefined ? {} : { target: choices.target };
  const options = { ...stage, buildArgs: choices.args };
  await view.show({ dockerfile: dockerfile.fsPath, context, platforms: [], options });
}

async function chooseContext(
  title: string,
  contexts: readonly string[],
): Promise<string | undefined> {
  if (contexts.length < 2) return contexts[0];
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickContext(contexts, undefined, position);
  return answer.kind === "answer" ? answer.value : undefined;
}
