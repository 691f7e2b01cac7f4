import * as vscode from "vscode";
import { type CopyForm, copyForms } from "../../core/images/copyForms.js";
import { askImageNode, type AskNodePorts, askRepositoryNode } from "../askNode.js";
import type { ImageNode, RepositoryNode } from "../explorer/registryNodes.js";
import { fullImageName } from "../manage/imageName.js";
import { type ChoiceItem, pickOne } from "../pickOne.js";

/** *Copy Image As…*: shows an image in each form that it is pasted in, and copies the chosen one. */
export async function copyImageAs(
  ports: AskNodePorts,
  title: string,
  target: ImageNode | undefined,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  if (!node) return;
  const { repository, image } = node;
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<string>(position, {
    placeholder: vscode.l10n.t("Copy {0} as", fullImageName(repository.name, image)),
    load: (show) => {
      show([...copyForms(repository, image)].map(([form, text]) => formItem(form, text)));
      return Promise.resolve();
    },
  });
  if (answer.kind === "answer") await copy(answer.value);
}

/** Copies one form of an image. */
export async function copyImageForm(
  ports: AskNodePorts,
  title: string,
  target: ImageNode | undefined,
  form: CopyForm,
): Promise<void> {
  const node = target ?? (await askImageNode(ports, title));
  const text = node && copyForms(node.repository, node.image).get(form);
  if (text !== undefined) await copy(text);
}

/** *Copy ARN* of a repository. */
export async function copyRepositoryArn(
  ports: AskNodePorts,
  title: string,
  target: RepositoryNode | undefined,
): Promise<void> {
  const node = target ?? (await askRepositoryNode(ports, title));
  if (node) await copy(node.repository.arn);
}

function formItem(form: CopyForm, text: string): ChoiceItem<string> {
  return { label: formName(form), detail: text, iconPath: formIcon(form), value: text };
}

function formName(form: CopyForm): string {
  const { t } = vscode.l10n;
  switch (form) {
    case "uri":
      return t("URI");
    case "digest-uri":
      return t("Digest URI");
    case "digest":
      return t("Digest");
    case "arn":
      return t("ARN of the repository");
    case "docker-pull":
      return t("docker pull command");
    case "from":
      return t("FROM line of a Dockerfile");
    case "kubernetes":
      return t("Image line of Kubernetes or Compose");
    case "ecs":
      return t("Image of an ECS task definition");
    case "terraform":
      return t("Image of Terraform");
  }
}

function formIcon(form: CopyForm): vscode.ThemeIcon {
  const isName = form === "uri" || form === "digest-uri" || form === "digest" || form === "arn";
  return new vscode.ThemeIcon(isName ? "copy" : form === "docker-pull" ? "terminal" : "file-code");
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", text), 3000);
}
