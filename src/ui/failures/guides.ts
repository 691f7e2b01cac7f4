import type { ErrorKind, Failure } from "../../core/errors.js";

const DOCKER = "https://docs.docker.com";

/** Returns the page that says what to change outside of VS Code; undefined where none does. */
export function guideFor(failure: Failure): string | undefined {
  if (failure.kind === "registry-unreachable") return engineNetworkGuide(failure.why);
  return failure.kind === "clock-skewed" ? clockGuide(process.platform) : GUIDES[failure.kind];
}

const GUIDES: Partial<Record<ErrorKind, string>> = {
  "engine-disk-full": `${DOCKER}/engine/manage-resources/pruning/`,
  "platforms-unsupported": `${DOCKER}/engine/storage/containerd/`,
  "emulator-missing": `${DOCKER}/build/building/multi-platform/#qemu`,
  "docker-permission-denied": `${DOCKER}/engine/install/linux-postinstall/#manage-docker-as-a-non-root-user`,
  "docker-context-invalid": `${DOCKER}/engine/manage-resources/contexts/`,
  "certificate-untrusted": "https://code.visualstudio.com/docs/setup/network#_ssl-certificates",
  "sign-in-program-missing":
    "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  "region-disabled":
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html",
  "limit-exceeded": "https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html",
  "kms-key-unusable":
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html",
  "scan-unsupported":
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-troubleshooting.html",
  "scan-not-on-demand":
    "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-enhanced.html",
};

function engineNetworkGuide(
  why: Extract<Failure, { kind: "registry-unreachable" }>["why"],
): string | undefined {
  switch (why) {
    case "untrusted-certificate":
      return `${DOCKER}/engine/security/certificates/`;
    case "no-tls":
      return `${DOCKER}/reference/cli/dockerd/#insecure-registries`;
    case "unknown-host":
    case "no-answer":
    case "proxy":
      return `${DOCKER}/engine/daemon/proxy/`;
    case "refused":
    case "broken-off":
    case undefined:
      return undefined;
  }
}

function clockGuide(platform: NodeJS.Platform): string {
  if (platform === "darwin") return "https://support.apple.com/guide/mac-help/mchlp2996/mac";
  return platform === "win32"
    ? "https://support.microsoft.com/windows/dfaa7122-479f-5b98-2a7b-fa0b6e01b261"
    : "https://www.freedesktop.org/software/systemd/man/latest/timedatectl.html";
}
