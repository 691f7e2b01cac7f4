import * as vscode from "vscode";
import { askAndPush, type DockerfilePushPorts, pushAsBefore } from "../dockerfilePush.js";
import { chooseDockerfile } from "../dockerfiles.js";
import { AnswerMemory } from "../pushAnswers.js";

/** *Push Again*: pushes the Dockerfile (by default the last one) as last time, without a question. */
export async function pushDockerfileAgain(
  ports: DockerfilePushPorts,
  title: string,
  target: vscode.Uri | undefined,
): Promise<void> {
  const lastPushed = new AnswerMemory(ports.state).lastDockerfile();
  const wanted = target ?? (lastPushed === undefined ? undefined : vscode.Uri.parse(lastPushed));
  const dockerfile = await chooseDockerfile(title, wanted);
  if (!dockerfile) return;
  const last = new AnswerMemory(ports.state).recall(dockerfile);
  await (last ? pushAsBefore(ports, dockerfile, last) : askAndPush(ports, dockerfile));
}
