import type { AwsSession } from "../../src/core/login/awsSession.js";
import { EcrError } from "../../src/core/errors.js";
import type { Manifest } from "../../src/core/images/manifest.js";
import type { ImageTarget, Registry } from "../../src/core/ports.js";
import {
  type CreationTemplate,
  type Identity,
  type Image,
  isTagImmutable,
  type NewRepository,
  type RegistryLocation,
  type Repository,
  type TagMutability,
} from "../../src/core/registry.js";
import type { RegistryChanges } from "../../src/core/changes/registryChanges.js";
import type {
  PullThroughRule,
  RegistrySettings,
} from "../../src/core/repositories/registrySettings.js";
import { RegistryToken } from "../../src/core/login/registryToken.js";
import { Calls } from "./calls.js";
import { InMemoryContents } from "./inMemoryContents.js";
import { InMemoryRules } from "./inMemoryRules.js";
import { inMemoryChanges, type StoredRepository } from "./inMemoryChanges.js";

/** How long a token of ECR lives. */
const TOKEN_LIFE_MS = 12 * 3_600_000;
const ACCOUNT = "123456789012";
const MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
const INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";
const HOST = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`;

interface Stored extends StoredRepository {
  readonly layers: Set<string>;
}

/** An image that someone puts into the registry. */
export interface PutImage {
  readonly digest: string;
  /** Undefined for an image without a tag. */
  readonly tag?: string;
  readonly sizeBytes?: number;
  readonly layers?: readonly string[];
  /** Whether it is an index of several platforms. */
  readonly isIndex?: boolean;
  /** What an index holds: platforms by the digests of their images. */
  readonly platforms?: Readonly<Record<string, string>>;
}

/** An ECR registry in memory, with ECR's rules for names, tags and tokens. */
export class InMemoryRegistry implements Registry {
  readonly calls = new Calls();
  /** How pushes create missing repositories. */
  templates: readonly CreationTemplate[] = [];
  readonly #repositories = new Map<string, Stored>();
  readonly #passwords = new Set<string>();
  #issued = 0;
  #hiddenLooks = 0;

  constructor(
    readonly location: RegistryLocation = {
      profile: "dev",
      region: "eu-west-1",
      endpoint: undefined,
    },
    /** The registry's clock. */
    readonly now: () => Date = () => new Date("2026-01-02T03:04:05Z"),
    private readonly pageSize = 2,
  ) {}

  /** The host that its tokens are for: a local registry's own, else ECR's in the region. */
  get host(): string {
    const { endpoint, region, service } = this.location;
    if (endpoint !== undefined) return new URL(endpoint).host;
    if (service === "public") return "public.ecr.aws";
    return `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com`;
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    await this.calls.begin("identify", signal);
    return { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/dev` };
  }

  /** The session behind its credentials; access keys until somebody sets another. */
  session: AwsSession = {
    isThere: true,
    expiresAt: undefined,
    renewsItself: true,
    renewedBy: "keys",
  };

  async readSession(signal: AbortSignal): Promise<AwsSession> {
    await this.calls.begin("readSession", signal);
    return this.session;
  }

  /** By how much this machine's clock is ahead of the registry's. */
  clockSkewMs: number | undefined = 0;

  readClockSkew(): number | undefined {
    return this.clockSkewMs;
  }

  async probePush(repository: string, signal: AbortSignal): Promise<void> {
    await this.calls.begin("probePush", signal);
    this.#stored(repository);
  }

  async fetchToken(signal: AbortSignal): Promise<RegistryToken> {
    await this.calls.begin("fetchToken", signal);
    this.#issued += 1;
    const password = `secret-${this.#issued}`;
    this.#passwords.add(password);
    const issuedAt = this.now();
    const expiresAt = new Date(issuedAt.getTime() + TOKEN_LIFE_MS);
    return new RegistryToken(this.host, "AWS", password, issuedAt, expiresAt);
  }

  async *listRepositories(signal: AbortSignal): AsyncGenerator<readonly Repository[], void> {
    const all = [...this.#repositories.values()].map(({ repository }) => repository);
    yield* this.#pages("listRepositories", all, signal);
  }

  async findRepository(name: string, signal: AbortSignal): Promise<Repository | undefined> {
    await this.calls.begin("findRepository", signal);
    return this.#repositories.get(name)?.repository;
  }

  async createRepository(wanted: NewRepository, signal: AbortSignal): Promise<Repository> {
    await this.calls.begin("createRepository", signal);
    if (this.#repositories.has(wanted.name)) {
      throw new EcrError({ kind: "repository-exists", repository: wanted.name });
    }
    const { name, tagMutability, exclusions = [] } = wanted;
    return this.addRepository(name, { default: tagMutability, exclusions });
  }

  async listCreationTemplates(signal: AbortSignal): Promise<readonly CreationTemplate[]> {
    await this.calls.begin("listCreationTemplates", signal);
    return this.templates;
  }

  async *listImages(
    repository: string,
    signal: AbortSignal,
  ): AsyncGenerator<readonly Image[], void> {
    yield* this.#pages("listImages", [...this.#stored(repository).images.values()], signal);
  }

  async findImage(
    repository: string,
    target: ImageTarget,
    signal: AbortSignal,
  ): Promise<Image | undefined> {
    await this.calls.begin("findImage", signal);
    const { images } = this.#stored(repository);
    if (this.#hiddenLooks > 0) {
      this.#hiddenLooks -= 1;
      return undefined;
    }
    return "digest" in target ? images.get(target.digest) : findTag(images, target.tag);
  }

  async findImages(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Image>> {
    await this.calls.begin("findImages", signal);
    const { images } = this.#stored(repository);
    return new Map(
      digests.flatMap((digest) => {
        const image = images.get(digest);
        return image ? [[digest, image]] : [];
      }),
    );
  }

  async readManifests(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Manifest>> {
    await this.calls.begin("readManifests", signal);
    const { manifests } = this.#stored(repository);
    return new Map(
      digests.flatMap((digest) => {
        const manifest = manifests.get(digest);
        return manifest ? [[digest, manifest]] : [];
      }),
    );
  }

  /** Adds a repository as someone else would. */
  addRepository(
    name: string,
    tagMutability: TagMutability = { default: "mutable", exclusions: [] },
  ): Repository {
    const repository: Repository = {
      name,
      arn: `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/${name}`,
      registryId: ACCOUNT,
      uri: `${HOST}/${name}`,
      createdAt: this.now(),
      tagMutability,
    };
    this.#repositories.set(name, {
      repository,
      images: new Map(),
      manifests: new Map(),
      layers: new Set(),
    });
    return repository;
  }

  /** Deletes a repository with its images as someone else would. */
  deleteRepository(name: string): void {
    this.#repositories.delete(name);
  }

  /** Manifests as texts, by digest, for tests that need more of them than how images belong together. */
  readonly manifestTexts = new Map<string, string>();

  readonly contents = new InMemoryContents(this.calls, (repository, digest) => {
    const image = this.#stored(repository).images.get(digest);
    const entries = this.#stored(repository).manifests.get(digest)?.entries ?? [];
    const manifests = entries.map(({ digest: child, mediaType }) => ({ digest: child, mediaType }));
    const { mediaType } = image ?? {};
    const text = this.manifestTexts.get(digest) ?? JSON.stringify({ mediaType, manifests });
    return image && { text, mediaType };
  });

  /** From where missing images are fetched. */
  pullThroughRules: readonly PullThroughRule[] = [];

  readonly settings: RegistrySettings = {
    listPullThroughRules: async (signal) => {
      await this.calls.begin("listPullThroughRules", signal);
      return this.pullThroughRules;
    },
  };

  readonly rules = new InMemoryRules(this.calls, (repository) => void this.#stored(repository));

  readonly changes: RegistryChanges = inMemoryChanges(this.calls, {
    find: (name) => this.#stored(name),
    replace: (name, repository) => {
      this.#repositories.set(name, { ...this.#stored(name), repository });
    },
    delete: (name) => {
      this.#repositories.delete(name);
    },
  });

  /** Puts an image under a tag; fails with `repository-not-found` or `tag-immutable`. */
  putImage(
    name: string,
    { digest, tag, sizeBytes = 0, layers = [], isIndex = false, platforms = {} }: PutImage,
  ): Image {
    const stored = this.#stored(name);
    const { images, repository } = stored;
    const holder = tag === undefined ? undefined : findTag(images, tag);
    if (holder && tag !== undefined && holder.digest !== digest) {
      if (isTagImmutable(repository.tagMutability, tag)) {
        throw new EcrError({ kind: "tag-immutable", repository: name, tag });
      }
      const tags = holder.tags.filter((other) => other !== tag);
      images.set(holder.digest, { ...holder, tags });
    }
    layers.forEach((layer) => stored.layers.add(layer));
    const mediaType = isIndex ? INDEX : MANIFEST;
    const known = images.get(digest) ?? newImage(digest, sizeBytes, mediaType, this.now());
    const image = { ...known, tags: [...new Set([...known.tags, ...(tag ? [tag] : [])])] };
    images.set(digest, image);
    const entries = Object.entries(platforms).map(([child, platform]) => {
      return { digest: child, mediaType: MANIFEST, platform, attestsTo: undefined };
    });
    stored.manifests.set(digest, { entries, subject: undefined });
    return image;
  }

  /** Tells whether a repository holds a layer; fails with `repository-not-found`. */
  hasLayer(name: string, layer: string): boolean {
    return this.#stored(name).layers.has(layer);
  }

  /** Fails as the registry does when it does not take a token. */
  checkToken(token: RegistryToken): void {
    if (token.host !== HOST) throw new EcrError({ kind: "registry-unauthorized", host: HOST });
    const lives = token.remainingMs(this.now()) > 0 && this.#passwords.has(token.revealPassword());
    if (!lives) throw new EcrError({ kind: "token-expired", host: HOST });
  }

  /** Ends the life of all tokens issued so far. */
  expireTokens(): void {
    this.#passwords.clear();
  }

  /** Hides images from the next looks, as ECR does for a moment after a push. */
  hideImages(looks: number): void {
    this.#hiddenLooks = looks;
  }

  #stored(name: string): Stored {
    const stored = this.#repositories.get(name);
    if (stored) return stored;
    throw new EcrError({ kind: "repository-not-found", repository: name, registryId: ACCOUNT });
  }

  async *#pages<T>(
    call: string,
    all: readonly T[],
    signal: AbortSignal,
  ): AsyncGenerator<readonly T[], void> {
    for (let start = 0; start === 0 || start < all.length; start += this.pageSize) {
      await this.calls.begin(call, signal);
      yield all.slice(start, start + this.pageSize);
    }
  }
}

function findTag(images: ReadonlyMap<string, Image>, tag: string): Image | undefined {
  return [...images.values()].find((image) => image.tags.includes(tag));
}

function newImage(digest: string, sizeBytes: number, mediaType: string, pushedAt: Date): Image {
  return {
    digest,
    tags: [],
    sizeBytes,
    pushedAt,
    lastPulledAt: undefined,
    mediaType,
    artifactMediaType: undefined,
    status: "active",
  };
}
