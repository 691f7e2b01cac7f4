import * as vscode from "vscode";
import type { Compression } from "../core/push/pushTarget.js";

/** The extension's settings, as package.json declares them; an empty text means "not set". */
export interface Settings {
  readonly profile: string;
  readonly region: string;
  readonly endpoint: string;
  readonly statusBar: "auto" | "always" | "never";
  /** How long before the end of a login that can't renew itself the warning comes; 0 for never. */
  readonly tokenWarningMinutes: number;
  readonly renewTokens: "auto" | "ask";
  /** A build context of more decimal megabytes than this is shown before it is sent; 0 for never. */
  readonly contextWarningMB: number;
  /** Whether images get labels that say which source they are built from. */
  readonly labels: boolean;
  /** Whether commands in terminals that a registry refused are offered a login. */
  readonly terminalHelp: boolean;
  readonly compression: Compression;
}

/** Reads the settings as they are now. */
export function readSettings(): Settings {
  const ecr = vscode.workspace.getConfiguration("ecr");
  return {
    profile: ecr.get("profile", ""),
    region: ecr.get("region", ""),
    endpoint: ecr.get("endpoint", ""),
    statusBar: ecr.get<Settings["statusBar"]>("statusBar", "always"),
    tokenWarningMinutes: ecr.get("tokenWarningMinutes", 30),
    renewTokens: ecr.get<string>("renewTokens", "auto") === "ask" ? "ask" : "auto",
    contextWarningMB: ecr.get("contextWarningMB", 500),
    labels: ecr.get("labels", true),
    terminalHelp: ecr.get("terminalHelp", true),
    compression: ecr.get<string>("compression", "gzip") === "zstd" ? "zstd" : "gzip",
  };
}
