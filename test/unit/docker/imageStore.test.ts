import { expect, it } from "vitest";
import { findImageStore } from "../../../src/docker/imageStore.js";
import { startEngine } from "./answeringEngine.js";

const signal = new AbortController().signal;
const CONTAINERD = JSON.stringify({
  Driver: "overlayfs",
  DriverStatus: [["driver-type", "io.containerd.snapshotter.v1"]],
});

async function find(body: string, environment = {}, status = 200): Promise<unknown> {
  const engine = await startEngine({ status, body });
  return findImageStore(engine.connection, environment, signal);
}

it("knows the containerd image store", async () => {
  expect(await find(CONTAINERD)).toEqual({
    imageStore: "containerd",
    reasonAgainstDirectPush: undefined,
  });
});

it("keeps to the builder that the user asks for", async () => {
  expect(await find(CONTAINERD, { DOCKER_BUILDKIT: "0" })).toEqual({
    imageStore: "containerd",
    reasonAgainstDirectPush: "DOCKER_BUILDKIT is 0",
  });
});

it.each([
  '{"Driver":"overlay2","DriverStatus":[["Backing Filesystem","extfs"],["userxattr","false"]]}',
  '{"Driver":"overlay2","DriverStatus":[["driver-type","other"],"odd",[]]}',
  '{"Driver":"vfs","DriverStatus":null}',
  "{}",
])("takes every other store for the classic one: %s", async (body) => {
  expect(await find(body)).toEqual({
    imageStore: "classic",
    reasonAgainstDirectPush: "it keeps images in the classic store",
  });
});

it("says so when the engine does not tell", async () => {
  expect(await find('{"message":"forbidden by the proxy"}', {}, 403)).toEqual({
    imageStore: "classic",
    reasonAgainstDirectPush: "it does not tell where it keeps images: forbidden by the proxy",
  });
});
