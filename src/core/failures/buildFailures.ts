import type { LoginOwner } from "../login/loginOwner.js";
import type { Denied } from "./denied.js";

/** A base image that a registry did not give, and where the Dockerfile names it. */
interface RefusedBaseImage {
  /** The image as the Dockerfile names it, with arguments filled in. */
  image: string;
  /** The registry's host, `docker.io` for Docker Hub. */
  host: string;
  dockerfile: string;
  /** Counts from 1. */
  line: number | undefined;
  /** Whose login the registry got; undefined where it got none. */
  login: LoginOwner | undefined;
}

/** A cache of a build that a registry did not take. */
interface RefusedCache {
  /** As the build was told it. */
  reference: string;
  host: string;
  repository: string;
  /** Whose login the registry got; undefined where it got none. */
  login: LoginOwner | undefined;
  /** True where the build had pushed its image by then: that comes before the cache. */
  isImagePushed: boolean;
}

/** What can go wrong with a build, or with what it reads. */
export interface BuildFailures {
  /** The Dockerfile is not there, is a folder, or can't be read. */
  "dockerfile-unreadable": { path: string; reason: string };
  /** The Dockerfile holds no instruction. */
  "dockerfile-empty": { path: string };
  /** A file or folder of the build context can't be read. */
  "context-unreadable": { path: string; reason: string };
  /** Lines can't be added to the ignore file. */
  "ignore-file-unwritable": { path: string; reason: string };
  /** A build step failed, or the Dockerfile has a syntax error; `line` counts from 1. */
  "build-failed": {
    dockerfile: string;
    line: number | undefined;
    /** The last line of the instruction, where the engine tells it. */
    endLine?: number;
    step: string | undefined;
    message: string;
    /** The last lines that the step wrote. */
    output?: readonly string[];
  };
  /** A step mounts a secret that it can't do without, and the build was given none. */
  "secret-missing": { dockerfile: string; id: string; line: number | undefined };
  /** What was chosen for a build can't be used, or not any more; `reason` is a sentence fragment. */
  "build-option-invalid": { option: BuildOptionName; name: string; reason: string };
  /** The builder that the engine has can't do what the build asks for; `reason` says why this one. */
  "builder-lacks": { feature: BuilderFeature; reason: string };
  /** The registry of a base image wants a login, or another one than it got. */
  "base-image-unauthorized": RefusedBaseImage;
  /** The registry of a base image knows the login and refuses the image. */
  "base-image-denied": RefusedBaseImage & Denied;
  /** The registry has no base image of this name, or hides it. */
  "base-image-not-found": RefusedBaseImage;
  /** The registry has the base image for other platforms than the one that is asked for. */
  "base-image-platform-missing": RefusedBaseImage & {
    /** As the engine names it; undefined where it does not. */
    platform: string | undefined;
  };
  /** The registry of a build's cache wants a login, or another one than it got. */
  "cache-unauthorized": RefusedCache;
  /** The registry of a build's cache knows the login and does not let it write. */
  "cache-denied": RefusedCache & Denied;
  /** The registry has no repository for a build's cache. */
  "cache-repository-not-found": RefusedCache;
  /** This engine builds for one platform at a time; `reason` is a sentence fragment. */
  "platforms-unsupported": {
    platforms: readonly string[];
    reason: string;
    imageStore: "classic" | "containerd";
  };
  /** A step runs a program that the engine can't: it is of another platform, without an emulator. */
  "emulator-missing": {
    dockerfile: string;
    line: number | undefined;
    step: string | undefined;
    platforms: readonly string[];
  };
  /** A step needs an SSH agent that the build was not lent; its `id` is mostly `default`. */
  "ssh-agent-missing": { dockerfile: string; id: string; line: number | undefined };
  /** No SSH agent answers at `path`; undefined where the machine names none. */
  "ssh-agent-unavailable": { path: string | undefined; reason: string };
  /** A connection of a build broke off, while the engine still answers. */
  "session-lost": { reason: string };
}

/** What not every builder can do. */
export type BuilderFeature =
  "secrets" | "ssh" | "contexts" | "cache-to" | "attestations" | "exporter";

/** The choices for a build that can turn out to be unusable. */
export type BuildOptionName = "target" | "secret" | "build-argument" | "ssh";
