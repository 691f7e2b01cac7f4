import * as vscode from "vscode";
import type { ProfileSource } from "../core/ports.js";
import type { TerminalLogins } from "../core/terminalLogins.js";
import { type CommandId, commandIds } from "./commandIds.js";
import type { CommandHandlers } from "./commandTargets.js";
import { commandTitle } from "./commandTitle.js";
import type { ContextView } from "./context/contextView.js";
import type { LocalImagesTree } from "./localImagesTree.js";
import type { RegistriesTree } from "./registriesTree.js";
import { requireTrust } from "./requireTrust.js";
import type { CheckSetupPorts } from "./setup/prepareLook.js";
import type { SetupOpener } from "./setup/setupOpener.js";
import type { StatusBar } from "./statusBar.js";

/** Everything that a command may touch. */
export interface CommandPorts extends CheckSetupPorts {
  readonly profiles: () => Promise<ProfileSource>;
  readonly terminalLogins: () => Promise<TerminalLogins>;
  readonly statusBar: StatusBar;
  /** Signs in, brings the window up to date, and tells whether the session is there. */
  readonly signIn: (profile: string | undefined) => Promise<boolean>;
  readonly registriesTree: RegistriesTree;
  readonly localImagesTree: LocalImagesTree;
}

/** Registers every command behind the error boundary; a command's code loads when it first runs. */
export function registerCommands(ports: CommandPorts): vscode.Disposable[] {
  let loadedView: Promise<ContextView> | undefined;
  const contextView = (): Promise<ContextView> =>
    (loadedView ??= import("./context/contextView.js").then((m) => new m.ContextView(ports)));
  let loadedSetup: Promise<SetupOpener> | undefined;
  const setup = (): Promise<SetupOpener> =>
    (loadedSetup ??= import("./setup/setupOpener.js").then((m) => new m.SetupOpener(ports)));
  const handlers = makeHandlers(ports, contextView, setup);
  const leave = new vscode.Disposable(() => {
    for (const loaded of [loadedView, loadedSetup]) {
      void loaded?.then((view) => {
        view.dispose();
      });
    }
  });
  return [leave, ...Object.values(commandIds).map((id) => register(ports, id, handlers[id]))];
}

function register<K extends CommandId>(
  { boundary }: CommandPorts,
  id: K,
  handler: CommandHandlers[K],
): vscode.Disposable {
  const title = commandTitle(id);
  // VS Code passes whatever the menu was opened on; the manifest's `when` clauses fit the types.
  const run = (target: unknown): Promise<unknown> =>
    boundary.run(
      title,
      async () => {
        requireTrust(id, title);
        await handler(target as never, title);
      },
      { retry: () => run(target) },
    );
  return vscode.commands.registerCommand(id, run);
}

function makeHandlers(
  ports: CommandPorts,
  contextView: () => Promise<ContextView>,
  setup: () => Promise<SetupOpener>,
): CommandHandlers {
  const { registries, registriesTree, localImagesTree, boundary, log } = ports;
  const builds = () => import("./commands/builds.js");
  const references = () => import("./commands/copyReference.js");
  return {
    [commandIds.pushDockerfile]: async (target, title) => {
      const { pushDockerfile } = await import("./commands/pushDockerfile.js");
      await pushDockerfile(ports, title, target);
    },
    [commandIds.pushDockerfileAgain]: async (target, title) => {
      const { pushDockerfileAgain } = await import("./commands/pushDockerfileAgain.js");
      await pushDockerfileAgain(ports, title, target);
    },
    [commandIds.pushDockerfileWithOptions]: async (target, title) => {
      const { pushWithOptions } = await import("./commands/pushWithOptions.js");
      await pushWithOptions(ports, title, target);
    },
    [commandIds.buildDockerfileWithOptions]: async (target, title) => {
      const { buildWithOptions } = await import("./commands/buildWithOptions.js");
      await buildWithOptions(ports, title, target);
    },
    [commandIds.buildDockerfile]: async (target, title) => {
      const { buildDockerfile } = await import("./commands/buildDockerfile.js");
      await buildDockerfile(ports, title, target);
    },
    [commandIds.pushLocalImage]: async (target, title) => {
      const { pushLocalImage } = await import("./commands/pushLocalImage.js");
      await pushLocalImage(ports, title, target);
    },
    [commandIds.tagLocalImage]: async (target, title) => {
      const { tagLocalImage } = await import("./commands/tagLocalImage.js");
      await tagLocalImage(ports, title, target);
    },
    [commandIds.pushToRepository]: async (target, title) => {
      const { pushToRepository } = await import("./commands/pushToRepository.js");
      await pushToRepository(ports, title, target);
    },
    [commandIds.createRepository]: async (_, title) => {
      const { createRepository } = await import("./commands/createRepository.js");
      await createRepository(ports, title, () => {
        registriesTree.refresh();
      });
    },
    [commandIds.chooseRegistry]: async (_, title) => {
      const { chooseRegistry } = await import("./commands/chooseRegistry.js");
      await chooseRegistry(ports, title);
    },
    [commandIds.renewToken]: async () => {
      const { renewToken } = await import("./commands/renewToken.js");
      await renewToken(ports);
    },
    [commandIds.logInDockerCli]: async (_, title) => {
      const { logInDockerCli } = await import("./commands/logInDockerCli.js");
      await logInDockerCli(ports, title);
    },
    [commandIds.logOutDockerCli]: async (_, title) => {
      const { logOutDockerCli } = await import("./commands/logOutDockerCli.js");
      await logOutDockerCli(ports, title);
    },
    [commandIds.signIn]: async (target) => {
      const { signInToAws } = await import("./commands/signInToAws.js");
      await signInToAws(ports, target);
    },
    [commandIds.copyIdentity]: async () => {
      const { copyIdentity } = await import("./commands/copyIdentity.js");
      await copyIdentity(ports);
    },
    [commandIds.checkSetup]: async (target) => {
      (await setup()).show(target);
    },
    [commandIds.showStatusMenu]: async (_, title) => {
      const { showStatusMenu } = await import("./commands/showStatusMenu.js");
      await showStatusMenu(title);
    },
    [commandIds.copyRepositoryUri]: async (target, title) => {
      await (await references()).copyRepositoryUri(ports, title, target);
    },
    [commandIds.copyPushCommands]: async (target, title) => {
      await (await references()).copyPushCommands(ports, title, target);
    },
    [commandIds.copyImageUri]: async (target, title) => {
      await (await references()).copyImageUri(ports, title, target);
    },
    [commandIds.copyDigestUri]: async (target, title) => {
      await (await references()).copyDigestUri(ports, title, target);
    },
    [commandIds.cancelBuild]: async (target, title) => {
      await (await builds()).cancelBuild(ports.builds, title, target);
    },
    [commandIds.showBuildOutput]: async (target, title) => {
      await (await builds()).showBuildOutput(ports.builds, title, target);
    },
    [commandIds.runBuildAgain]: async (target, title) => {
      await (await builds()).runBuildAgain(ports.builds, title, target);
    },
    [commandIds.openBuildDockerfile]: async (target, title) => {
      await (await builds()).openBuildDockerfile(ports.builds, title, target);
    },
    [commandIds.copyBuildDigestUri]: async (target, title) => {
      await (await builds()).copyBuildDigestUri(ports.builds, title, target);
    },
    [commandIds.clearFinishedBuilds]: () => {
      ports.builds.clearFinished();
    },
    [commandIds.refreshRegistry]: () => {
      // Whoever refreshes by hand may have signed in meanwhile.
      registries.forgetAll();
      registriesTree.refresh();
    },
    [commandIds.refreshLocalImages]: () => {
      localImagesTree.refresh();
    },
    [commandIds.showContext]: async (target, title) => {
      const { showBuildContext } = await import("./commands/showBuildContext.js");
      await showBuildContext({ view: await contextView(), state: ports.state }, title, target);
    },
    [commandIds.refreshContext]: async () => {
      await (await contextView()).refresh();
    },
    [commandIds.hideContext]: async () => {
      (await contextView()).hide();
    },
    [commandIds.ignoreInContext]: async (target) => {
      if (target) await (await contextView()).ignore(target);
    },
    [commandIds.revealInContext]: async (target) => {
      if (target) await (await contextView()).reveal(target);
    },
    [commandIds.loadMoreImages]: (target) => {
      if (target) registriesTree.showMore(target.repositoryNode);
    },
    [commandIds.showFailure]: (target, title) => {
      const retry = (): void => {
        registriesTree.refresh();
      };
      if (target) boundary.show(title, target.error, { retry });
    },
    [commandIds.showLog]: () => {
      log.show();
    },
  };
}
