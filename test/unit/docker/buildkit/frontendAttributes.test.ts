import { expect, it } from "vitest";
import {
  entitlements,
  frontendAttributes,
} from "../../../../src/docker/buildkit/frontendAttributes.js";

const plain = { dockerfile: "/d/Dockerfile", context: "/d", platforms: [] };

it("says no more than the Dockerfile's name for a plain build", () => {
  expect(frontendAttributes(plain, "Dockerfile")).toEqual({ filename: "Dockerfile" });
  expect(entitlements(plain)).toEqual([]);
});

it("says every option", () => {
  const request = {
    ...plain,
    platforms: ["linux/arm64", "linux/amd64"],
    options: {
      target: "make",
      buildArgs: { A: "1", B: "" },
      labels: { "org.example": "x=y" },
      noCache: true,
      pull: true,
      network: "host" as const,
      hosts: { db: "192.0.2.1", web: "::1" },
    },
  };
  expect(frontendAttributes(request, "app.Dockerfile")).toEqual({
    filename: "app.Dockerfile",
    platform: "linux/arm64,linux/amd64",
    target: "make",
    "no-cache": "",
    "image-resolve-mode": "pull",
    "force-network-mode": "host",
    "add-hosts": "db=192.0.2.1,web=::1",
    "build-arg:A": "1",
    "build-arg:B": "",
    "label:org.example": "x=y",
  });
  expect(entitlements(request)).toEqual(["network.host"]);
});
