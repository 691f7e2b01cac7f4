import type { AwsSession } from "./login/awsSession.js";
import type { FlawedProfile } from "./failures/profileFailures.js";
import type { ImageContents } from "./images/imageContents.js";
import type { Manifest } from "./images/manifest.js";
import type {
  CreationTemplate,
  Identity,
  Image,
  NewRepository,
  RegistryLocation,
  Repository,
} from "./registry.js";
import type { RegistryChanges } from "./changes/registryChanges.js";
import type { RegistrySettings } from "./repositories/registrySettings.js";
import type { RegistryToken } from "./login/registryToken.js";
import type { RepositoryRules } from "./repositories/repositoryRules.js";

/** Hands out login tokens for one registry, newly made on each call. */
export interface TokenSource {
  /** Asks AWS for a token; fails with one of the credential kinds or `access-denied`. */
  fetchToken(signal: AbortSignal): Promise<RegistryToken>;
}

/** An ECR registry: an account in a region, as one identity sees it. */
export interface Registry extends TokenSource {
  readonly location: RegistryLocation;
  /** Tells who AWS says that we are. */
  identify(signal: AbortSignal): Promise<Identity>;
  /**
   * Tells when the AWS session behind the credentials ends; asks neither AWS nor anybody.
   *
   * Read anew each time, as another window or the AWS CLI may have signed in.
   */
  readSession(signal: AbortSignal): Promise<AwsSession>;
  /**
   * Tells by how many milliseconds this machine's clock is ahead of AWS's, as its last answer said to
   * the second; undefined before the first. Asks nobody.
   */
  readClockSkew(): number | undefined;
  /**
   * Asks ECR what the engine asks before it sends a layer, with a digest that no layer has; leaves
   * nothing behind. Fails with `access-denied` or `repository-not-found`. The right to put an image
   * is known only by putting one.
   */
  probePush(repository: string, signal: AbortSignal): Promise<void>;
  /** Yields all repositories page by page, as AWS pages them (in no useful order). */
  listRepositories(signal: AbortSignal): AsyncIterable<readonly Repository[]>;
  /** Returns the repository, or undefined when there is none of that name. */
  findRepository(name: string, signal: AbortSignal): Promise<Repository | undefined>;
  /** Creates a repository; fails with `repository-exists`, `limit-exceeded` or `access-denied`. */
  createRepository(repository: NewRepository, signal: AbortSignal): Promise<Repository>;
  /** Lists how the registry creates repositories by itself. */
  listCreationTemplates(signal: AbortSignal): Promise<readonly CreationTemplate[]>;
  /** Yields all images of a repository page by page, archived ones too, in no useful order. */
  listImages(repository: string, signal: AbortSignal): AsyncIterable<readonly Image[]>;
  /** Returns the image with this tag or digest, or undefined when there is none. */
  findImage(
    repository: string,
    target: ImageTarget,
    signal: AbortSignal,
  ): Promise<Image | undefined>;
  /** Returns those of the images that are there, by digest, as they are now. */
  findImages(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Image>>;
  /** Reads manifests and indexes, by digest; those that are gone or archived are not in the answer. */
  readManifests(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Manifest>>;
  readonly contents: ImageContents;
  readonly settings: RegistrySettings;
  readonly rules: RepositoryRules;
  readonly changes: RegistryChanges;
}

/** Points at an image inside a repository. */
export type ImageTarget = { readonly tag: string } | { readonly digest: string };

/** Opens a registry; makes no request by itself. */
export type OpenRegistry = (location: RegistryLocation) => Registry;

/** Reads the AWS profiles of this machine; never their keys. */
export interface ProfileSource {
  /**
   * Lists profiles of the config and credentials files, in file order, read anew each time; the ones
   * that can't be used come last. Fails with `aws-file-unreadable` or `aws-file-malformed`.
   */
  listProfiles(): Promise<readonly Profile[]>;
  /** Tells what the default credentials are, as far as that can be known without a request. */
  findDefaultCredentials(): Promise<DefaultCredentials>;
}

/** A profile of the AWS config or credentials file. */
export interface Profile {
  readonly name: string;
  /** The profile's own region, if it names one. */
  readonly region: string | undefined;
  /** How it gets credentials, as far as its keys tell. */
  readonly source: "keys" | "sso" | "role" | "process" | "web-identity" | "login" | "other";
  /** The account, twelve digits, where the files tell it. */
  readonly accountId?: string | undefined;
  /** The role, or the permission set of IAM Identity Center, by its own name. */
  readonly role?: string | undefined;
  /** What a role is taken on from: another profile, or `EcsContainer` and the like. */
  readonly via?: string | undefined;
  /** Whether the code of an MFA device is asked for. */
  readonly hasMfa?: boolean;
  /** Why the AWS SDK leaves the profile out; undefined for one that can be used. */
  readonly flaw?: FlawedProfile | undefined;
  /** Changes with the settings of the profile and of those that it is made from; tells no secret. */
  readonly fingerprint?: string;
}

/** Where the default credentials come from; `none` where nothing on this host promises any. */
export type DefaultCredentials =
  | { readonly kind: "profile"; readonly profile: string; readonly isFromEnvironment: boolean }
  | { readonly kind: "environment" | "web-identity" | "container" | "instance" | "none" };

/**
 * Finds a token for exactly this registry host; undefined where the host is none of ECR.
 *
 * Asked anew for each login, so that a long build gets tokens that live on. `refused` is a token
 * that the host did not take: another one is found. Fails as `TokenSource.fetchToken` does.
 */
export type FindToken = (
  host: string,
  signal: AbortSignal,
  refused?: RegistryToken,
) => Promise<FoundToken | undefined>;

/** A token, and whose it is. */
export interface FoundToken {
  readonly token: RegistryToken;
  /** The AWS profile; undefined means the default credentials. */
  readonly profile: string | undefined;
}
