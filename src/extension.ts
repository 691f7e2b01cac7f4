import { homedir } from "node:os";
import * as vscode from "vscode";
import { watchedProfiles } from "./aws/watchedProfiles.js";
import { HeldImages } from "./core/images/heldImages.js";
import { OpenRegistries } from "./core/openRegistries.js";
import { Redactor } from "./core/redaction.js";
import type { RegistryLocation } from "./core/registry.js";
import { shareCalls } from "./core/shareCalls.js";
import { TokenKeeper } from "./core/login/tokenKeeper.js";
import { dockerPorts } from "./docker/dockerPorts.js";
import { askMfaCode } from "./ui/askMfaCode.js";
import { BuildDiagnostics } from "./ui/buildDiagnostics.js";
import { BuildHistory } from "./ui/buildHistory.js";
import { BuildsView } from "./ui/buildsView.js";
import { ErrorBoundary } from "./ui/errorBoundary.js";
import { RegistriesView } from "./ui/explorer/registriesView.js";
import { ShownRegistries } from "./ui/explorer/shownRegistries.js";
import { LifecycleFileSystem } from "./ui/lifecycle/lifecycleFileSystem.js";
import { LIFECYCLE_SCHEME } from "./ui/lifecycle/lifecycleUri.js";
import { KnownAccounts } from "./ui/knownAccounts.js";
import { lazyImagePages } from "./ui/lazyImagePages.js";
import { LocalImagesView } from "./ui/localImages/localImagesView.js";
import { registerCommands } from "./ui/registerCommands.js";
import { RedactedLog } from "./ui/redactedLog.js";
import { RegistryChoice } from "./ui/registryChoice.js";
import { readSettings } from "./ui/settings.js";
import { StatusBar } from "./ui/statusBar.js";
import type { TerminalHelp } from "./ui/terminalHelp.js";
import { type FailedCommand, watchTerminals } from "./ui/terminalWatch.js";

/** Keeps something until the extension ends, and returns it. */
type Own = <T extends vscode.Disposable>(disposable: T) => T;

/** Wires the extension; AWS and Docker code loads when the first request needs it. */
export function activate(context: vscode.ExtensionContext): void {
  const own: Own = (disposable) => {
    context.subscriptions.push(disposable);
    return disposable;
  };
  const secrets = new Redactor();
  const channel = own(vscode.window.createOutputChannel("ECR", { log: true }));
  const log = new RedactedLog(channel, secrets.redact.bind(secrets));
  const write = (line: string): void => {
    log.info(line);
  };

  const { env: environment, platform } = process;
  const registries = new OpenRegistries(async () => {
    const { makeOpenRegistry } = await import("./aws/openRegistry.js");
    return makeOpenRegistry({ askMfaCode, learnSecret: secrets.learn.bind(secrets) });
  });
  const { profiles, stop } = watchedProfiles({
    onProfiles: (names) => {
      const isMeant = ({ profile = "default" }: RegistryLocation): boolean => names.has(profile);
      write(`the AWS files changed: ${[...names].join(", ")}`);
      registries.forget(isMeant);
      tokens.forget(isMeant);
      statusBar.forgetRefusals();
      explorer.ifLoaded((tree) => {
        tree.refreshWhere(isMeant);
      });
    },
    onSignIn: () => {
      statusBar.forgetRefusals();
      explorer.ifLoaded((tree) => {
        tree.refreshFailed();
      });
    },
  });
  own(new vscode.Disposable(stop));
  const docker = dockerPorts({ environment, homeFolder: homedir(), platform, log: write });
  const { engine, terminalLogins } = docker;
  const held = new HeldImages(engine);

  const tokens = new TokenKeeper(() => new Date(), write, {
    renewsEarly: () => readSettings().renewTokens === "auto",
  });
  const accounts = new KnownAccounts(context.globalState);
  const choice = own(new RegistryChoice(context.workspaceState, profiles, environment));
  const shown = own(new ShownRegistries(context.globalState, choice));
  own(
    shown.onDidChange(() => {
      explorer.ifLoaded((tree) => {
        tree.refreshWhere(() => false);
      });
    }),
  );
  const refreshExplorer = (): void => {
    explorer.ifLoaded((tree) => {
      tree.refresh();
    });
  };
  const statusBar = own(
    new StatusBar(async (item) => {
      const { StatusContent } = await import("./ui/status/statusContent.js");
      const onRevived = (): void => {
        registries.forgetAll();
        refreshExplorer();
      };
      const { globalState: state } = context;
      return new StatusContent(item, { tokens, registries, terminalLogins, log, state, onRevived });
    }, log),
  );
  const markUsed = statusBar.markUsed.bind(statusBar);
  // Whoever asks while a sign-in is under way waits for that one, and is shown no second code.
  const signIn = shareCalls(async (profile: string | undefined) => {
    const { signIn: signInHere } = await import("./ui/signIn.js");
    const isSignedIn = await signInHere(profile, async (...request) =>
      (await import("./aws/signIn.js")).makeSignIn()(...request),
    );
    if (isSignedIn) renewIdentity();
    return isSignedIn;
  });
  const boundary = new ErrorBoundary(
    log,
    (profile) => {
      registries.forgetAll();
      statusBar.markRefused(profile);
    },
    signIn,
  );
  const renewIdentity = (): void => {
    registries.forgetAll();
    tokens.forgetAll();
    statusBar.forgetRefusals();
    refreshExplorer();
  };
  const rememberAccount = async (
    { profile }: RegistryLocation,
    accountId: string,
  ): Promise<void> => {
    const known = await (await profiles()).listProfiles();
    const used = known.find(({ name }) => name === profile);
    if (used) await accounts.remember(used, accountId);
  };
  const explorer = new RegistriesView(async () => {
    const { RegistriesTree } = await import("./ui/explorer/registriesTree.js");
    const { RepositoryArrangement } = await import("./ui/explorer/repositoryArrangement.js");
    const arrangement = own(new RepositoryArrangement(context.globalState));
    const say = (message: string): void => {
      explorer.view.message = message;
    };
    const { UntaggedDecoration } = await import("./ui/explorer/untaggedDecoration.js");
    own(vscode.window.registerFileDecorationProvider(new UntaggedDecoration()));
    const onAccount = (location: RegistryLocation, accountId: string): void => {
      rememberAccount(location, accountId).catch((error: unknown) => {
        log.warn(`account ${accountId} is not remembered: ${String(error)}`);
      });
    };
    const tree = new RegistriesTree({
      shown,
      arrangement,
      say,
      registries,
      held,
      log,
      markUsed,
      onAccount,
      state: context.globalState,
    });
    own(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) tree.images.refreshOld();
      }),
    );
    return tree;
  });
  own(explorer.view);
  const localImages = own(new LocalImagesView({ held, engine, log, explorer }));
  const builds = own(new BuildHistory());
  own(new BuildsView(builds, [explorer.view, localImages.view]));
  own(
    choice.onDidChange(() => {
      refreshExplorer();
    }),
  );
  // A window that opens again with such a document in it asks for it before any command runs.
  const lifecycleFiles = new LifecycleFileSystem(async () => {
    const { LifecycleFiles } = await import("./ui/lifecycle/lifecycleFiles.js");
    return own(new LifecycleFiles({ registries, boundary }));
  });
  own(
    vscode.workspace.registerFileSystemProvider(LIFECYCLE_SCHEME, lifecycleFiles, {
      isCaseSensitive: true,
    }),
  );
  const { extension } = context;
  const images = lazyImagePages(own, { shown, registries, boundary, extension, log });
  let loadedHelp: Promise<TerminalHelp> | undefined;
  const helpTerminal = async (failed: FailedCommand): Promise<void> => {
    const ports = { choice, registries, tokens, boundary, terminalLogins };
    loadedHelp ??= import("./ui/terminalHelp.js").then((module) => new module.TerminalHelp(ports));
    await (await loadedHelp).offer(failed);
  };
  own(watchTerminals((failed) => boundary.run(failed.commandLine, () => helpTerminal(failed))));
  const commands = registerCommands({
    ...docker,
    registries,
    tokens,
    profiles,
    accounts,
    choice,
    log,
    boundary,
    statusBar,
    signIn,
    explorer,
    shown,
    localImages,
    lifecycleFiles,
    builds,
    diagnostics: own(new BuildDiagnostics()),
    markUsed,
    state: context.workspaceState,
    extension,
    environment,
    own,
    ...images,
    showWork: statusBar.showWork.bind(statusBar),
    refreshRepository: (location, repository) => {
      explorer.ifLoaded((tree) => {
        tree.refreshRepository(location, repository);
      });
      images.refreshPages(location, repository);
      localImages.refresh();
    },
    revealImage: async (location, image) => {
      const { revealImage } = await import("./ui/explorer/revealImage.js");
      await revealImage({ explorer, shown }, location, image);
    },
  });
  commands.forEach(own);
}
