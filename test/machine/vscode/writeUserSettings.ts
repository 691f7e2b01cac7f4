import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { quietSettings } from "./quietSettings.js";

/**
 * Writes the user settings of a VS Code: the quiet ones, then what the folder has from an earlier
 * run, then `settings`, which win.
 */
export async function writeUserSettings(
  userFolder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const file = path.join(userFolder, "User", "settings.json");
  const all = { ...quietSettings, ...(await readKept(file)), ...settings };
  await writeSettings(file, all);
  // A server takes settings of machine scope from its own file alone, and there a theme would win
  // over the one that the user picks; so this file has the extension's settings only.
  const own = Object.entries(settings).filter(([key]) => key.startsWith("ecr."));
  await writeSettings(path.join(userFolder, "Machine", "settings.json"), Object.fromEntries(own));
}

async function writeSettings(
  file: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings, undefined, 2));
}

async function readKept(file: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
  } catch {
    // No settings yet, or a person left a comment in them: the other settings are enough.
    return {};
  }
}
