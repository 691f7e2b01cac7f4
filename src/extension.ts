import * as vscode from "vscode";

/** Wires the extension; holds no logic. */
export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(
    vscode.commands.registerCommand("ecr.probe", async () => {
      const [{ default: Docker }, { ECRClient }] = await Promise.all([
        import("dockerode"),
        import("@aws-sdk/client-ecr"),
      ]);
      return [new Docker(), new ECRClient({})];
    }),
  );
}
