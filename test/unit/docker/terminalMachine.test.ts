import { expect, it } from "vitest";
import { podmanAuthFile } from "../../../src/docker/terminalMachine.js";

it.each([
  ["linux", { XDG_RUNTIME_DIR: "/run/user/7" }, "/run/user/7/containers/auth.json"],
  ["linux", {}, "/home/kim/.config/containers/auth.json"],
  ["darwin", { XDG_RUNTIME_DIR: "/x" }, "/home/kim/.config/containers/auth.json"],
  ["linux", { REGISTRY_AUTH_FILE: "/a.json", XDG_RUNTIME_DIR: "/x" }, "/a.json"],
] as const)("Podman's logins on %s with %o are in %s", (platform, environment, file) => {
  const machine = { platform, environment, homeFolder: "/home/kim", log: () => undefined };
  expect(podmanAuthFile(machine)).toBe(file);
});
