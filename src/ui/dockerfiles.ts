import * as vscode from "vscode";
import { EcrError } from "../core/errors.js";
import { pickOne } from "./pickOne.js";

/** Names that Docker and Podman people give to Dockerfiles; package.json repeats it for menus. */
const DOCKERFILE_NAME = /^(?!.*\.dockerignore$)(.+\.)?(Dockerfile|Containerfile)(\..+)?$/i;

const DOCKERFILE_GLOB =
  "**/{[Dd]ockerfile,[Cc]ontainerfile,[Dd]ockerfile.*,[Cc]ontainerfile.*,*.[Dd]ockerfile,*.[Cc]ontainerfile}";

/** More Dockerfiles than this are not listed. */
const MAX_FILES = 500;

/**
 * Returns the Dockerfile that a command is about: the one it was called on, else the one in the
 * active editor, else one that the user picks; saves it when it has unsaved changes.
 */
export async function chooseDockerfile(
  title: string,
  target: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  const dockerfile = target ?? activeDockerfile() ?? (await pickDockerfile(title));
  if (dockerfile && dockerfile.scheme !== "file") {
    const reason = vscode.l10n.t("it is not on this host's disk");
    throw new EcrError({ kind: "dockerfile-unreadable", path: dockerfile.toString(), reason });
  }
  const open = vscode.workspace.textDocuments.find(
    ({ uri }) => uri.toString() === dockerfile?.toString(),
  );
  if (open?.isDirty) await open.save();
  return dockerfile;
}

/** Returns the folders that may be a Dockerfile's build context, the likeliest first. */
export function possibleContexts(dockerfile: vscode.Uri): string[] {
  const own = vscode.Uri.joinPath(dockerfile, "..").fsPath;
  const workspaceFolder = vscode.workspace.getWorkspaceFolder(dockerfile)?.uri.fsPath;
  return [...new Set([own, workspaceFolder ?? own])];
}

/** Returns the Dockerfile's folder as a name, as far as image names allow its characters. */
export function projectName(dockerfile: vscode.Uri): string {
  const folder = dockerfile.path.split("/").at(-2) ?? "";
  return folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function activeDockerfile(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme !== "file") return undefined;
  const name = document.uri.path.split("/").at(-1) ?? "";
  // VS Code takes `Dockerfile.dockerignore` for a Dockerfile by its name's beginning.
  const isDockerfile =
    DOCKERFILE_NAME.test(name) ||
    (document.languageId === "dockerfile" && !name.endsWith(".dockerignore"));
  return isDockerfile ? document.uri : undefined;
}

async function pickDockerfile(title: string): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(DOCKERFILE_GLOB, "**/node_modules/**", MAX_FILES);
  const files = found.filter(({ path }) => DOCKERFILE_NAME.test(path.split("/").at(-1) ?? ""));
  const [only] = files;
  if (files.length === 1) return only;
  if (files.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no Dockerfile or Containerfile in the open folders."),
    );
    return undefined;
  }
  const position = { title, step: 1, totalSteps: 1, canGoBack: false };
  const answer = await pickOne<vscode.Uri>(position, {
    placeholder: vscode.l10n.t("Dockerfile"),
    load: (show) => {
      const sorted = files.toSorted((a, b) => a.path.localeCompare(b.path));
      show(
        sorted.map((uri) => ({
          label: vscode.workspace.asRelativePath(uri),
          iconPath: new vscode.ThemeIcon("file"),
          value: uri,
        })),
      );
      return Promise.resolve();
    },
  });
  return answer.kind === "answer" ? answer.value : undefined;
}
