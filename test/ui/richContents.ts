import { pushRichImage } from "../contract/localEcr/pushRichImage.js";
import type { RegistryClient } from "../contract/localEcr/registryClient.js";
import type { LocalEcrControl } from "../localEcr/control.js";
import { digestOf } from "../localEcr/digest.js";
import { mediaTypes } from "../localEcr/mediaTypes.js";
import { localRegion } from "../playground/writeAwsConfig.js";

/** Text that would do something wherever it is not taken for text. */
export const HOSTILE = `<img src=x onerror="document.body.id='hacked'"><b>bold</b> [a](command:b) \u202egpj`;
/** A value that a page shows only to who asks for it. */
export const SECRET_VALUE = "hunter2-of-the-image";

/** The digests of what a repository was filled with. */
export interface RichContents {
  readonly old: string;
  readonly young: string;
  readonly index: string;
}

/** Fills a repository: two images that share a base, an index, a signature, findings; `text` is in all. */
export async function fillRepository(
  registry: RegistryClient,
  control: LocalEcrControl,
  repository: string,
  text = HOSTILE,
): Promise<RichContents> {
  const base = "b".repeat(2_900_000);
  const old = await pushRichImage(registry, repository, {
    ...{
      tag: "1.0.0",
      config: configOf("1.0.0", "amd64", text),
      layers: [base, "x".repeat(410_000)],
    },
  });
  const young = await pushRichImage(registry, repository, {
    tag: "1.1.0",
    config: configOf("1.1.0", "amd64", text),
    layers: [base, "y".repeat(1_234_000)],
  });
  const arm = await pushRichImage(registry, repository, {
    ...{ config: configOf("1.1.0", "arm64", text), layers: ["z".repeat(800_000)] },
  });
  const entries = [young, arm].map(({ digest, manifest }, index) => ({
    mediaType: mediaTypes.ociManifest,
    digest,
    size: manifest.length,
    platform: { os: "linux", architecture: ["amd64", "arm64"][index] },
  }));
  const index = JSON.stringify({
    ...{ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: entries },
  });
  await registry.putManifest(repository, "multi", index, mediaTypes.ociIndex);
  const signature = "application/vnd.cncf.notary.signature";
  const about = { subject: young.digest, artifactType: signature };
  await registry.pushImage(repository, undefined, { layer: "signed", ...about });
  await scan(control, repository, young.digest, 1_240, text);
  await scan(control, repository, old.digest, 60, text);
  return { old: old.digest, young: young.digest, index: digestOf(index) };
}

function configOf(version: string, architecture: string, text: string): object {
  return {
    ...{ os: "linux", architecture, created: "2026-11-20T10:00:00Z", author: "kim@example.com" },
    config: {
      Entrypoint: ["/usr/local/bin/api"],
      Cmd: ["--listen", "0.0.0.0:8080"],
      Env: ["PATH=/usr/local/bin:/usr/bin", `API_TOKEN=${SECRET_VALUE}`, `VERSION=${version}`],
      Labels: {
        "org.opencontainers.image.version": version,
        "org.opencontainers.image.source": "https://github.com/example/api",
        "com.example.note": text,
      },
      User: "1000:1000",
      WorkingDir: "/srv/api",
      ExposedPorts: { "8080/tcp": {} },
    },
    history: [
      { created_by: "/bin/sh -c #(nop) ADD file:4b03b5f551e3fbdf in / " },
      { created_by: `ENV API_TOKEN=${SECRET_VALUE}`, empty_layer: true },
      ...(architecture === "amd64"
        ? [{ created_by: `RUN |1 KEY=${SECRET_VALUE} /bin/sh -c echo '${text}' # buildkit` }]
        : []),
      { created_by: 'ENTRYPOINT ["/usr/local/bin/api"]', empty_layer: true },
    ],
  };
}

const SEVERITIES = [
  "CRITICAL",
  "HIGH",
  "HIGH",
  "MEDIUM",
  "MEDIUM",
  "MEDIUM",
  "LOW",
  "INFORMATIONAL",
];

function scan(
  control: LocalEcrControl,
  repository: string,
  digest: string,
  count: number,
  text: string,
): Promise<void> {
  const enhancedFindings = Array.from({ length: count }, (_, index) => ({
    severity: SEVERITIES[index % SEVERITIES.length] ?? "LOW",
    score: ((index * 7) % 100) / 10,
    exploitAvailable: index % 5 === 0 ? "YES" : "NO",
    description: index === 0 ? text : "A buffer is written beyond its end.",
    packageVulnerabilityDetails: {
      vulnerabilityId: index === 0 ? text : `CVE-2026-${String(1000 + index)}`,
      sourceUrl:
        index === 0 ? "javascript:alert(1)" : `https://nvd.nist.gov/vuln/detail/CVE-2026-${index}`,
      vulnerablePackages: [
        {
          name: ["openssl", "zlib", "curl", "glibc"][index % 4] ?? "",
          version: count > 100 ? "3.0.2" : "3.0.1",
          fixedInVersion: index % 3 === 0 ? "NotAvailable" : "3.0.13",
        },
      ],
    },
  }));
  const place = { region: localRegion, repository, digest };
  return control.setScan({ ...place, report: { status: "ACTIVE", enhancedFindings } });
}
