import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandIds } from "../../../src/ui/commandIds.js";
import { manifest, readProjectFile, texts } from "./manifest.js";
import { sourceFiles } from "./sources.js";

const { commands, keybindings, menus, submenus, views, viewsContainers, viewsWelcome } =
  manifest.contributes;
const ids: readonly string[] = Object.values(commandIds);
const viewIds = Object.values(views).flatMap((list) => list.map(({ id }) => id));

describe("commands", () => {
  it("are the same in package.json and in the table of ids, each once", () => {
    expect(commands.map(({ command }) => command).sort()).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("are named ecr.<noun>.<verb> and have a title of their own", () => {
    for (const { command, title } of commands) {
      expect(command).toMatch(/^ecr\.[a-z][A-Za-z]+\.[a-z][A-Za-z]+$/);
      expect(title).toBe(`%command.${command}%`);
      expect(texts[`command.${command}`], command).toBeTruthy();
    }
    const titles = commands.map(({ command }) => texts[`command.${command}`]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it("exist wherever a menu, a welcome text or a link names one", () => {
    const inMenus = Object.values(menus).flatMap((items) =>
      items.flatMap(({ command }) => command ?? []),
    );
    const inTexts = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\(command:([^)?]+)/g)].map(([, id]) => id),
    );
    expect(inMenus.length).toBeGreaterThan(10);
    expect(inTexts.length).toBeGreaterThan(5);
    const own = [...inMenus, ...inTexts].filter((id) => id !== "workbench.trust.manage");
    for (const id of own) expect(ids).toContain(id);
  });

  it("have an icon where a menu shows nothing else", () => {
    const shown = Object.values(menus)
      .flat()
      .filter(({ group = "" }) => /^(?:inline|navigation)/.test(group));
    for (const { command } of shown) {
      expect(commands.find((other) => other.command === command)?.icon, command).toBeDefined();
    }
  });
});

describe("keys", () => {
  it("run commands that exist, on the rows of the tree that has the focus and nowhere else", () => {
    expect(keybindings.length).toBeGreaterThan(2);
    for (const { command, when = "", args } of keybindings) {
      expect(ids).toContain(command);
      expect(when).toMatch(/^focusedView == ecr\.\w+ && listFocus && !inputFocus$/);
      // VS Code passes no row with a key; what is found anywhere needs none.
      const needsRow = when.includes("ecr.registries") && command !== "ecr.image.find";
      if (needsRow) expect(args).toEqual({ from: "key" });
    }
  });
});

describe("submenus", () => {
  it("have a label, entries and a place in a menu", () => {
    const placed = Object.values(menus).flatMap((items) =>
      items.flatMap(({ submenu }) => submenu ?? []),
    );
    expect(submenus.map(({ id }) => id).sort()).toEqual([...new Set(placed)].sort());
    for (const { id, label } of submenus) {
      expect(label).toBe(`%submenu.${id}%`);
      expect(menus[id]?.length).toBeGreaterThan(1);
    }
  });
});

describe("views", () => {
  it("stand in a container that exists, and code fills each of them", () => {
    const containers = Object.values(viewsContainers).flatMap((list) => list.map(({ id }) => id));
    for (const container of Object.keys(views)) expect(containers).toContain(container);
    const source = sourceFiles()
      .map((file) => file.text)
      .join("\n");
    for (const id of viewIds) expect(source).toMatch(new RegExp(`createTreeView\\(\\s*"${id}"`));
  });

  it("are the ones that welcome texts and menus name", () => {
    for (const { view } of viewsWelcome) expect(viewIds).toContain(view);
    const named = Object.entries(menus)
      .filter(([menu]) => menu.startsWith("view/"))
      .flatMap(([, items]) => items.map(({ when = "" }) => /view == ([\w.]+)/.exec(when)?.[1]));
    expect(named.length).toBeGreaterThan(5);
    for (const view of named) expect(viewIds).toContain(view);
  });

  it("have icons that exist", () => {
    const icons = [...Object.values(viewsContainers).flat(), ...Object.values(views).flat()].map(
      ({ icon }) => icon,
    );
    for (const icon of icons) {
      expect(existsSync(new URL(`../../../${icon}`, import.meta.url)), icon).toBe(true);
      expect(readProjectFile(icon)).toContain("<svg");
    }
  });

  it("have a menu for rows that exist", () => {
    const source = sourceFiles()
      .map((file) => file.text)
      .join("\n");
    const rows = [...source.matchAll(/contextValue = (.+);/g)].flatMap(([, value = ""]) =>
      [...value.matchAll(/"([^"]+)"/g)].map(([, row = ""]) => row),
    );
    expect(rows).toContain("registry");
    for (const { when = "" } of menus["view/item/context"] ?? []) {
      const [, equal] = /viewItem == (\w+)/.exec(when) ?? [];
      const [, pattern] = /viewItem =~ \/(.+)\//.exec(when) ?? [];
      const shown = rows.filter((row) =>
        pattern === undefined ? row === equal : new RegExp(pattern).test(row),
      );
      expect(shown.length, when).toBeGreaterThan(0);
    }
  });
});
