import { expect, it } from "vitest";
import { findEngineStart } from "../../../../src/ui/failures/startEngine.js";

it.each<[string, NodeJS.Platform, string | undefined, string]>([
  ["unix:///var/run/docker.sock", "darwin", undefined, "open -a Docker"],
  ["unix:///Users/kim/.docker/run/docker.sock", "darwin", undefined, "open -a Docker"],
  ["unix:///Users/kim/.orbstack/run/docker.sock", "darwin", undefined, "open -a OrbStack"],
  ["unix:///Users/kim/.rd/docker.sock", "darwin", undefined, "open -a Rancher Desktop"],
  ["unix:///Users/kim/.colima/default/docker.sock", "darwin", undefined, "colima start"],
  ["unix:///run/podman/podman.sock", "darwin", undefined, "podman machine start"],
  ["npipe:////./pipe/docker_engine", "win32", undefined, "docker desktop start"],
  ["npipe:////./pipe/podman-machine-default", "win32", undefined, "podman machine start"],
  [
    "unix:///home/kim/.docker/desktop/docker.sock",
    "linux",
    undefined,
    "systemctl --user start docker-desktop",
  ],
  ["unix:///run/user/1000/docker.sock", "linux", undefined, "systemctl --user start docker"],
  [
    "unix:///run/user/1000/podman/podman.sock",
    "linux",
    "ssh-remote",
    "systemctl --user start podman.socket",
  ],
])("starts %s on %s (%s) with: %s", (endpoint, platform, remote, words) => {
  const start = findEngineStart(endpoint, platform, remote);
  expect(start.kind === "program" && [start.program, ...start.words].join(" ")).toBe(words);
});

it("leaves what wants a password to the user", () => {
  expect(findEngineStart("unix:///var/run/docker.sock", "linux", undefined)).toEqual({
    kind: "command",
    line: "sudo systemctl start docker",
  });
});

it.each([
  ["tcp://10.0.0.5:2375", undefined],
  ["ssh://kim@build.example", undefined],
  ["unix:///odd/place.sock", undefined],
  ["unix:///var/run/docker.sock", "wsl"],
])("shows how to start %s (%s), as it can't be done from here", (endpoint, remote) => {
  const start = findEngineStart(endpoint, "linux", remote);
  expect(start.kind === "page" && URL.canParse(start.address)).toBe(true);
});
