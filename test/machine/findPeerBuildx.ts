import { existsSync } from "node:fs";
import path from "node:path";
import { newerEngineFolder } from "./newerEngineFiles.js";

/** Where the docker CLI keeps plugins: https://github.com/docker/cli/blob/v26.1.5/cli-plugins/manager/manager_unix.go */
const pluginFolders = [
  path.join(newerEngineFolder, "usr", "libexec"),
  ...["/usr/local/lib", "/usr/local/libexec", "/usr/lib", "/usr/libexec"],
].map((folder) => path.join(folder, "docker", "cli-plugins"));

/**
 * Finds buildx, which our builds are compared with: the file that `ECR_TEST_BUILDX` names, the
 * unpacked one of Debian trixie, else the machine's own. It runs without the docker CLI, as
 * `docker-buildx build …` with `DOCKER_HOST` set. Returns undefined when there is none.
 */
export function findPeerBuildx(): string | undefined {
  const named = process.env["ECR_TEST_BUILDX"] ?? "";
  if (named !== "") return named;
  return pluginFolders.map((folder) => path.join(folder, "docker-buildx")).find(existsSync);
}
