import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { updateDockerConfig } from "../../../src/docker/updateDockerConfig.js";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ecr-config-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  file = path.join(folder, "config.json");
});

const add =
  (key: string) =>
  (config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
    ...config,
    [key]: 1,
  });

describe("updating a Docker config", () => {
  it.each([
    ["tabs", '{\n\t"a": 0\n}', '{\n\t"a": 0,\n\t"b": 1\n}'],
    ["spaces", '{\n    "a": 0\n}\n', '{\n    "a": 0,\n    "b": 1\n}\n'],
    ["nothing", "", '{\n\t"b": 1\n}'],
  ])("indents with %s as before", async (_, before, after) => {
    await writeFile(file, before);
    await updateDockerConfig(file, add("b"));
    expect(await readFile(file, "utf8")).toBe(after);
  });

  it("keeps permissions, and a link and where it leads", async () => {
    const target = path.join(folder, "dotfiles.json");
    await writeFile(target, "{}");
    await chmod(target, 0o640);
    await symlink("dotfiles.json", file);
    await updateDockerConfig(file, add("b"));
    expect(await readlink(file)).toBe("dotfiles.json");
    expect(await readFile(target, "utf8")).toContain('"b"');
    expect((await stat(target)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(["config.json", "dotfiles.json"]);
  });

  it("writes where a link leads that leads nowhere yet", async () => {
    await mkdir(path.join(folder, "away"));
    await symlink("away/config.json", file);
    await updateDockerConfig(file, add("b"));
    expect(await readFile(path.join(folder, "away/config.json"), "utf8")).toContain('"b"');
    expect(await readlink(file)).toBe("away/config.json");
  });

  it("loses nothing when many write at once", async () => {
    const keys = Array.from({ length: 20 }, (_, index) => `key${index}`);
    await Promise.all(keys.map((key) => updateDockerConfig(file, add(key))));
    expect(Object.keys(JSON.parse(await readFile(file, "utf8")) as object).sort()).toEqual(
      keys.sort(),
    );
    expect(await readdir(folder)).toEqual(["config.json"]);
  });

  it("loses nothing that another program writes meanwhile", async () => {
    await writeFile(file, "{}");
    let calls = 0;
    await updateDockerConfig(file, (config) => {
      calls += 1;
      if (calls === 1) writeFileSync(file, '{"other": "theirs"}');
      return { ...config, b: 1 };
    });
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ other: "theirs", b: 1 });
  });

  it("goes past a lock that a process left behind", async () => {
    const lock = `${file}.ecr-lock`;
    await writeFile(lock, "");
    await utimes(lock, 1, 1);
    await updateDockerConfig(file, add("b"));
    expect(await readdir(folder)).toEqual(["config.json"]);
  });
});
