import { existsSync } from "node:fs";
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openDockerfileFolder } from "../../../../src/docker/buildkit/dockerfileFolder.js";

async function makeFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "ecr-file-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

it("is the Dockerfile's own, links in the folder's path resolved", async () => {
  const folder = await makeFolder();
  await mkdir(path.join(folder, "real"));
  await writeFile(path.join(folder, "real", "app.Dockerfile"), "FROM scratch\n");
  await symlink("real", path.join(folder, "link"));
  const opened = await openDockerfileFolder(path.join(folder, "link", "app.Dockerfile"));
  expect(opened).toMatchObject({ folder: path.join(folder, "real"), name: "app.Dockerfile" });
  await opened.dispose();
  expect(existsSync(path.join(folder, "real", "app.Dockerfile"))).toBe(true);
});

it("is a copy where the Dockerfile is a link, with the ignore file beside the link", async () => {
  const folder = await makeFolder();
  await writeFile(path.join(folder, "target"), "FROM scratch\n");
  await mkdir(path.join(folder, "docker"));
  await symlink("../target", path.join(folder, "docker", "Dockerfile"));
  await writeFile(path.join(folder, "docker", "Dockerfile.dockerignore"), "a\n");
  const opened = await openDockerfileFolder(path.join(folder, "docker", "Dockerfile"));
  expect((await readdir(opened.folder)).sort()).toEqual(["Dockerfile", "Dockerfile.dockerignore"]);
  expect(await readFile(path.join(opened.folder, opened.name), "utf8")).toBe("FROM scratch\n");
  await opened.dispose();
  expect(existsSync(opened.folder)).toBe(false);
});
