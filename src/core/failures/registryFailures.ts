import type { Misfit, RunTarget } from "../push/runTarget.js";

/** What can go wrong between an engine and a registry, and with what is in there. */
export interface RegistryFailures {
  /** The registry says that the login token has ended. */
  "token-expired": { host: string };
  /** The registry does not accept the login token, or got none. */
  "registry-unauthorized": { host: string };
  /** The registry answers with a server error. */
  "registry-unavailable": { host: string; message: string };
  /** The engine can't reach the registry (DNS, proxy, TLS, refused connection). */
  "registry-unreachable": { host: string; message: string; why?: RegistryUnreachableReason };

  /** The repository does not exist in this registry. */
  "repository-not-found": {
    repository: string;
    registryId: string | undefined;
  };
  /** A repository of this name exists already. */
  "repository-exists": { repository: string };
  /** The tag is taken, and the repository does not let it move. */
  "tag-immutable": { repository: string; tag: string };
  /** No image carries this tag or digest. */
  "image-not-found": { reference: string };
  /** The config of an image could not be had as its digest says. */
  "config-unusable": { digest: string; fault: ConfigFault };
  /** The registry does not take the kind of manifest that the image has. */
  "manifest-rejected": { reference: string; message: string };
  /** The registry lacks a layer that the push sent, or thought to be there. */
  "layer-lost": { reference: string };
  /** The registry or the engine refused the push for a reason that no other kind describes. */
  "push-failed": { reference: string; message: string };
  /** The index has no image for the platform; undefined is the engine's own, where it tells none. */
  "platform-missing": { reference: string; platform: string | undefined };
  /** The registry or the engine refused the pull for a reason that no other kind describes. */
  "pull-failed": { reference: string; message: string };
  /** The engine's answer ended before it said how the operation ended. */
  "stream-truncated": { operation: string };
  /** The image can't run where it is meant to; `isPushed` says that ECR has it all the same. */
  "run-target-unfit": { name: string; target: RunTarget; misfit: Misfit; isPushed: boolean };
  /** The push ended, but ECR does not show the digest that was pushed. */
  "push-unverified": { reference: string; digest: string };
}

/** Why an engine does not reach a registry. */
export type RegistryUnreachableReason =
  | "unknown-host"
  | "refused"
  | "broken-off"
  | "no-answer"
  | "untrusted-certificate"
  | "no-tls"
  | "proxy";

/**
 * What is wrong with a config: it is too large for one, is not of its digest, lies at an address that
 * is not safe, the store behind the registry does not give it, or the manifest names none.
 */
export type ConfigFault = "too-large" | "altered" | "unsafe-address" | "withheld" | "none";
