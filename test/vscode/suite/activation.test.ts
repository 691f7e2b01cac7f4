import assert from "node:assert/strict";
import * as vscode from "vscode";

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe("activation", () => {
  const found = vscode.extensions.all.find((one) => one.id === "push-to-ecr.push-to-ecr");

  it("finds the extension", () => {
    assert.ok(found, "push-to-ecr.push-to-ecr is not among the extensions");
  });

  it("activates", async () => {
    assert.ok(found);
    await found.activate();
    assert.equal(found.isActive, true);
  });

  it("registers every command that the manifest contributes", async () => {
    assert.ok(found);
    await found.activate();
    const { contributes } = found.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed = contributes.commands.map((one) => one.command);
    assert.notEqual(contributed.length, 0);
    assert.deepEqual(
      contributed.filter((id) => !registered.has(id)),
      [],
    );
  });
});
