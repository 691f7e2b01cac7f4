import type * as vscode from "vscode";
import { askAndPush, confirmAndPush, type DockerfilePushPorts } from "../dockerfilePush.js";
import { chooseDockerfile } from "../dockerfiles.js";
import { AnswerMemory } from "../pushAnswers.js";

/** *Push to ECR…*: asks everything the first time, for one confirmation after that. */
export async function pushDockerfile(
  ports: DockerfilePushPorts,
  title: string,
  target: vscode.Uri | undefined,
): Promise<void> {
  const dockerfile = await chooseDockerfile(title, target);
  if (!dockerfile) return;
  const last = new AnswerMemory(ports.state).recall(dockerfile);
  await (last ? confirmAndPush(ports, dockerfile, last) : askAndPush(ports, dockerfile));
}
