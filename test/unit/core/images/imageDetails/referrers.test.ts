import { describe, expect, it } from "vitest";
import { cosignTags, referrerRole } from "../../../../../src/core/images/imageDetails/referrers.js";

describe("referrerRole", () => {
  it.each([
    ["application/vnd.cncf.notary.signature", "signature"],
    ["application/vnd.dev.cosign.simplesigning.v1+json", "signature"],
    ["application/spdx+json", "sbom"],
    ["application/vnd.cyclonedx+json", "sbom"],
    ["application/vnd.in-toto+json", "attestation"],
    ["application/vnd.acme.rocket", "artifact"],
    [undefined, "artifact"],
  ])("takes %s for: %s", (type, role) => {
    expect(referrerRole(type)).toBe(role);
  });

  it("looks into what a bundle of Sigstore says that it holds", () => {
    const type = "application/vnd.dev.sigstore.bundle.v0.3+json";
    const predicate = (value: string) => ({ "dev.sigstore.bundle.predicateType": value });
    expect(referrerRole(type, predicate("https://sigstore.dev/cosign/sign/v1"))).toBe("signature");
    expect(referrerRole(type, predicate("https://spdx.dev/Document"))).toBe("sbom");
    expect(referrerRole(type, predicate("https://slsa.dev/provenance/v1"))).toBe("attestation");
    expect(referrerRole(type, { "dev.sigstore.bundle.content": "message-signature" })).toBe(
      "signature",
    );
  });

  it("knows the tags by which cosign finds what it attached", () => {
    expect([...cosignTags("sha256:ab")]).toEqual([
      ["sha256-ab.sig", "signature"],
      ["sha256-ab.att", "attestation"],
      ["sha256-ab.sbom", "sbom"],
    ]);
  });
});
