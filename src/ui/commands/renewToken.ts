import * as vscode from "vscode";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { TokenKeeper } from "../../core/login/tokenKeeper.js";
import { formatSpan } from "../quantities.js";
import type { RegistryChoice } from "../registryChoice.js";
import type { StatusBar } from "../statusBar.js";

/** What renewing a token needs. */
export interface RenewTokenPorts {
  readonly choice: RegistryChoice;
  readonly registries: OpenRegistries;
  readonly tokens: TokenKeeper;
  readonly statusBar: StatusBar;
}

/** *Renew Login Token*: reads the credentials anew and asks AWS for a token. */
export async function renewToken(ports: RenewTokenPorts): Promise<void> {
  const location = await ports.choice.locate();
  ports.statusBar.markUsed(location);
  // Whoever renews by hand has often just signed in: credentials held from before would not know.
  ports.registries.forgetAll();
  const registry = await ports.registries.open(location);
  const token = await ports.tokens.renew(registry, AbortSignal.timeout(60_000));
  const left = formatSpan(token.remainingMs(new Date()));
  const message = vscode.l10n.t("Login token for {0} renewed: {1} left.", token.host, left);
  vscode.window.setStatusBarMessage(message, 5000);
}
