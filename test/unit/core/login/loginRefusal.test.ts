import { describe, expect, it } from "vitest";
import {
  findLoginRefusal,
  tryParseContainerCommand,
} from "../../../../src/core/login/loginRefusal.js";

const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const LOCAL = "127.0.0.1:4510";
const isRegistry = (host: string): boolean => host === HOST || host === LOCAL;

describe("a command line of a terminal", () => {
  it.each([
    [`docker push ${HOST}/a:1`, "docker", "push", true],
    ["docker --context x pull a", "docker", "pull", true],
    ["DOCKER_BUILDKIT=1 TAG=2 docker build -t a .", "docker", "build", true],
    ["/usr/local/bin/docker buildx build --push .", "docker", "buildx", true],
    ["cd app && docker compose up -d", "docker", "compose", false],
    ["docker-compose up", "docker", "compose", true],
    ["docker image push a", "docker", "push", true],
    ["docker build . | tee log", "docker", "build", false],
    ["podman.exe push a", "podman", "push", true],
  ])("%s is a command of a registry", (line, client, verb, isAlone) => {
    expect(tryParseContainerCommand(line)).toEqual({ client, verb, isAlone });
  });

  it.each([
    "docker ps",
    "docker run -it a sh",
    "sudo docker push a",
    "echo docker push a",
    "git push",
    "dockerd push",
    "cat docker/push",
    "",
  ])("%s is none", (line) => {
    expect(tryParseContainerCommand(line)).toBeUndefined();
  });
});

describe("what a command wrote", () => {
  const find = (line: string, output: string): unknown => {
    const command = tryParseContainerCommand(line);
    return command && findLoginRefusal(command, line, output, isRegistry);
  };

  it.each([
    [
      `docker push ${HOST}/a:1`,
      `The push refers to repository [${HOST}/a]\r\n5f70bf18a086: Preparing \r\nno basic auth credentials\r\n`,
      HOST,
    ],
    [
      "docker push a",
      `The push refers to repository [${LOCAL}/a]\nno basic auth credentials\n`,
      LOCAL,
    ],
    [
      `docker pull ${HOST}/a:1`,
      "Error response from daemon: pull access denied for x, repository does not exist or may require 'docker login': denied: Your authorization token has expired. Reauthenticate and try again.",
      HOST,
    ],
    [
      "docker build .",
      `ERROR: failed to solve: ${HOST}/base:1: failed to resolve source metadata for ${HOST}/base:1: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`,
      HOST,
    ],
    [
      "docker compose pull",
      `\u001b[31mapi Error\u001b[0m Head "https://${HOST}/v2/a/manifests/1": no basic auth credentials`,
      HOST,
    ],
    [
      `podman push ${HOST}/a:1`,
      `Error: trying to reuse blob sha256:5f at destination: checking whether a blob exists in ${HOST}/a: authentication required`,
      HOST,
    ],
  ])("%s wants a login", (line, output, host) => {
    expect(find(line, output)).toEqual({ host, isCertain: true });
  });

  it("may want a login or a permission", () => {
    const output = `unknown: unexpected status from HEAD request to https://${HOST}/v2/a/blobs/sha256:5f: 403 Forbidden`;
    expect(find(`docker push ${HOST}/a:1`, output)).toEqual({ host: HOST, isCertain: false });
  });

  it.each([
    ["docker push ghcr.io/a:1", "denied: unauthorized"],
    [`docker push ${HOST}/a:1`, "tag invalid: The image tag '1' already exists"],
    [`docker build -t ${HOST}/a .`, "npm ERR! 401 Unauthorized - GET https://registry.npmjs.org/x"],
    ["docker push a", "no basic auth credentials"],
    [
      `docker push ${HOST}/a:1`,
      `denied: User: arn:aws:iam::123456789012:user/dev is not authorized to perform: ecr:InitiateLayerUpload on resource: x`,
    ],
  ])("%s wants none of ECR", (line, output) => {
    expect(find(line, output)).toBeUndefined();
  });
});
