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
      cacheFrom: ["host/cache:one", "host/cache:two"],
      attestations: { provenance: "max" as const, sbom: true },
      contexts: {
        folder: { kind: "folder" as const, path: "/shop" },
        "docker.io/library/image:latest": { kind: "image" as const, reference: "busybox:1" },
        url: { kind: "url" as const, url: "https://example.com/repo.git#main" },
      },
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
    "cache-imports":
      '[{"Type":"registry","Attrs":{"ref":"host/cache:one"}},{"Type":"registry","Attrs":{"ref":"host/cache:two"}}]',
    "attest:provenance": "mode=max",
    "attest:sbom": "",
    "frontend.caps": "moby.buildkit.frontend.contexts+forward",
    "context:folder": expect.stringMatching(/^local:context-[0-9a-f]{32}$/) as string,
    "context:image": "docker-image://busybox:1",
    "context:url": "https://example.com/repo.git#main",
  });
  expect(entitlements(request)).toEqual(["network.host"]);
});
