import * as vscode from "vscode";

const SCHEME = "ecr-untagged";

/** Returns the address by which the row of an untagged image is decorated. */
export function untaggedUri(repository: string, digest: string): vscode.Uri {
  return vscode.Uri.from({ scheme: SCHEME, path: `/${repository}/${digest}` });
}

/** Dims the rows of untagged images. */
export class UntaggedDecoration implements vscode.FileDecorationProvider {
  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== SCHEME) return undefined;
    return new vscode.FileDecoration(
      undefined,
      undefined,
      new vscode.ThemeColor("descriptionForeground"),
    );
  }
}
