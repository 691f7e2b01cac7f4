import * as vscode from "vscode";
import { type BuildChoices, isSecretName } from "../../core/build/buildChoices.js";
import type { ArgOutline } from "../../core/build/dockerfileOutline.js";
import type { ChoiceItem } from "../pickOne.js";

/** An argument as the list shows it. */
export interface ShownArg {
  readonly name: string;
  /** What the Dockerfile says of it; undefined where it declares none of this name. */
  readonly declared: ArgOutline | undefined;
  readonly isSet: boolean;
  /** The chosen value; undefined where none is chosen, or none is kept. */
  readonly value: string | undefined;
}

/** Lists the arguments of the Dockerfile, then those that were set besides. */
export function listArgs(
  declared: readonly ArgOutline[],
  { args, typedArgs }: Pick<BuildChoices, "args" | "typedArgs">,
): readonly ShownArg[] {
  const show = (name: string, arg: ArgOutline | undefined): ShownArg => ({
    name,
    declared: arg,
    isSet: Object.hasOwn(args, name) || typedArgs.includes(name),
    value: Object.hasOwn(args, name) ? args[name] : undefined,
  });
  const names = new Set(declared.map(({ name }) => name));
  const others = [...Object.keys(args), ...typedArgs].filter((name) => !names.has(name));
  return [
    ...declared.map((arg) => show(arg.name, arg)),
    ...others.map((name) => show(name, undefined)),
  ];
}

/** The row of an argument: its value or default, and what the Dockerfile's comment says. */
export function argItem<T>(arg: ShownArg, value: T): ChoiceItem<T> {
  const { name, declared, isSet } = arg;
  const lacks = !isSet && declared?.defaultValue === undefined;
  return {
    label: name,
    description: describe(arg),
    ...(declared?.comment === undefined ? {} : { detail: declared.comment }),
    iconPath: new vscode.ThemeIcon(lacks ? "warning" : isSet ? "edit" : "symbol-constant"),
    value,
  };
}

function describe({ name, declared, isSet, value }: ShownArg): string {
  const { t } = vscode.l10n;
  if (isSet && isSecretName(name)) return t("typed for each build");
  if (isSet) return value === "" ? t("set to nothing") : t("= {0}", value ?? "");
  if (declared?.defaultValue === undefined) return t("no default");
  return declared.defaultValue === ""
    ? t("nothing, the default")
    : t("{0}, the default", declared.defaultValue);
}
