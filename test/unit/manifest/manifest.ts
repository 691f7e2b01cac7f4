import { readFileSync } from "node:fs";

/** A menu item, a welcome text, or a command: something that may have conditions. */
export interface Conditional {
  readonly command?: string;
  readonly when?: string;
  readonly enablement?: string;
}

/** The parts of package.json that tests hold against the code. */
export interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly (Conditional & {
      readonly command: string;
      readonly title: string;
      readonly icon?: string;
    })[];
    readonly viewsContainers: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    readonly views: Readonly<
      Record<string, readonly (Conditional & { id: string; name: string; icon: string })[]>
    >;
    readonly viewsWelcome: readonly (Conditional & { view: string; contents: string })[];
    readonly menus: Readonly<
      Record<string, readonly (Conditional & { group?: string; submenu?: string })[]>
    >;
    readonly submenus: readonly { id: string; label: string }[];
    readonly keybindings: readonly (Conditional & { key: string; args?: unknown })[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, Setting>>;
    };
  };
}

/** A declared setting. */
export interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

const root = new URL("../../../", import.meta.url);

/** Reads a file of the project. */
export function readProjectFile(path: string): string {
  return readFileSync(new URL(path, root), "utf8");
}

/** The manifest as it is in package.json. */
export const manifest = JSON.parse(readProjectFile("package.json")) as Manifest;

/** The texts of package.nls.json by their keys. */
export const texts = JSON.parse(readProjectFile("package.nls.json")) as Readonly<
  Record<string, string>
>;

/** Every `when` and `enablement` clause of the manifest. */
export function conditions(): string[] {
  const { commands, keybindings, views, viewsWelcome, menus } = manifest.contributes;
  const shown: readonly Conditional[] = [...Object.values(views), ...Object.values(menus)].flat();
  return [...commands, ...keybindings, ...viewsWelcome, ...shown].flatMap(({ when, enablement }) =>
    [when ?? [], enablement ?? []].flat(),
  );
}
