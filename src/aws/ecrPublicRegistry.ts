import type { AwsSession } from "../core/login/awsSession.js";
import { PUBLIC_HOST } from "../core/ecrHost.js";
import type { ImageContents } from "../core/images/imageContents.js";
import type { Manifest } from "../core/images/manifest.js";
import type { ImageTarget, Registry } from "../core/ports.js";
import type {
  CreationTemplate,
  Identity,
  Image,
  NewRepository,
  RegistryLocation,
  Repository,
} from "../core/registry.js";
import type { RegistryChanges } from "../core/changes/registryChanges.js";
import type { RegistrySettings } from "../core/repositories/registrySettings.js";
import type { RegistryToken } from "../core/login/registryToken.js";
import type { RepositoryRules } from "../core/repositories/repositoryRules.js";
import { askIdentity } from "./askIdentity.js";
import { readAwsSession } from "./awsSession.js";
import { readImage, readRepository, readToken } from "./ecrAnswers.js";
import { type CallSubject, EcrCalls } from "./ecrCalls.js";
import { EcrChanges } from "./ecrChanges.js";
import { EcrContents } from "./ecrContents.js";
import type { EcrOptions } from "./ecrOptions.js";
import type { EcrPublicApi } from "./ecrPublicApi.js";
import { EcrRules } from "./ecrRules.js";
import { PublicSettings } from "./publicSettings.js";
import { readAhead } from "./readAhead.js";
import { undefinedOn } from "./undefinedOn.js";

/** The largest page that ECR Public makes. */
const PAGE_SIZE = 1_000;

/**
 * The public registry of an account, which the world reads at `public.ecr.aws`.
 *
 * It has neither immutable tags nor scans, rules, archives or an API for manifests: those parts fail
 * with `public-registry-lacks`, and ask nothing.
 * Source: https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_Operations.html
 */
export class EcrPublicRegistry implements Registry {
  readonly contents: ImageContents;
  readonly rules: RepositoryRules;
  readonly changes: RegistryChanges;
  readonly settings: RegistrySettings = new PublicSettings();
  readonly #calls: EcrCalls;
  #identity: Identity | undefined;

  constructor(
    readonly location: RegistryLocation,
    private readonly options: EcrOptions,
  ) {
    this.#calls = new EcrCalls(location, options);
    const nothing = new EcrCalls(location, options, () => false);
    this.contents = new EcrContents(nothing);
    this.rules = new EcrRules(nothing);
    this.changes = new EcrChanges(nothing);
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    return (this.#identity ??= await askIdentity(this.#calls, signal));
  }

  readSession(signal: AbortSignal): Promise<AwsSession> {
    return this.#calls.ask({ operation: "ReadSession" }, signal, ({ held }) =>
      readAwsSession(this.location.profile, held(), new Date()),
    );
  }

  readClockSkew(): number | undefined {
    return this.#calls.clockSkewMs;
  }

  probePush(repository: string, signal: AbortSignal): Promise<void> {
    const operation = "InitiateLayerUpload";
    return this.#ask({ operation, repository }, signal, (api, abortSignal) =>
      api.probePush(repository, abortSignal),
    );
  }

  fetchToken(signal: AbortSignal): Promise<RegistryToken> {
    const operation = "GetAuthorizationToken";
    return this.#ask({ operation }, signal, async (api, abortSignal) => {
      const issuedAt = new Date();
      const answer = await api.getToken(abortSignal);
      // ECR Public names no host: there is one for all.
      const proxyEndpoint = this.location.endpoint ?? `https://${PUBLIC_HOST}`;
      const token = readToken(operation, answer && { ...answer, proxyEndpoint }, issuedAt);
      this.options.learnSecret?.(token.revealPassword());
      return token;
    });
  }

  listRepositories(signal: AbortSignal): AsyncGenerator<readonly Repository[], void> {
    const operation = "DescribeRepositories";
    return readAhead(
      async (token, stop) => {
        const page = { maxResults: PAGE_SIZE, nextToken: token };
        const { repositories = [], nextToken } = await this.#ask(
          { operation },
          stop,
          (api, abortSignal) => api.describeRepositories(page, abortSignal),
        );
        return { items: repositories.map((found) => readRepository(operation, found)), nextToken };
      },
      signal,
      { keyOf: ({ name }) => name },
    );
  }

  findRepository(name: string, signal: AbortSignal): Promise<Repository | undefined> {
    const operation = "DescribeRepositories";
    const work = this.#ask({ operation, repository: name }, signal, async (api, abortSignal) => {
      const request = { repositoryNames: [name] };
      const { repositories = [] } = await api.describeRepositories(request, abortSignal);
      return readRepository(operation, repositories[0]);
    });
    return undefinedOn("repository-not-found", work);
  }

  createRepository({ name }: NewRepository, signal: AbortSignal): Promise<Repository> {
    const operation = "CreateRepository";
    return this.#ask({ operation, repository: name }, signal, async (api, abortSignal) =>
      readRepository(operation, await api.createRepository(name, abortSignal)),
    );
  }

  listCreationTemplates(): Promise<readonly CreationTemplate[]> {
    return Promise.resolve([]);
  }

  listImages(repository: string, signal: AbortSignal): AsyncGenerator<readonly Image[], void> {
    const operation = "DescribeImages";
    return readAhead(
      async (token, stop) => {
        const page = { repositoryName: repository, maxResults: PAGE_SIZE, nextToken: token };
        const { imageDetails = [], nextToken } = await this.#ask(
          { operation, repository },
          stop,
          (api, abortSignal) => api.describeImages(page, abortSignal),
        );
        return { items: imageDetails.map((found) => readImage(operation, found)), nextToken };
      },
      signal,
      { keyOf: ({ digest }) => digest },
    );
  }

  findImage(
    repository: string,
    target: ImageTarget,
    signal: AbortSignal,
  ): Promise<Image | undefined> {
    const operation = "DescribeImages";
    const subject = { operation, repository, ...target };
    const work = this.#ask(subject, signal, async (api, abortSignal) => {
      const imageId = "tag" in target ? { imageTag: target.tag } : { imageDigest: target.digest };
      const request = { repositoryName: repository, imageIds: [imageId] };
      const { imageDetails = [] } = await api.describeImages(request, abortSignal);
      return imageDetails[0] && readImage(operation, imageDetails[0]);
    });
    return undefinedOn("image-not-found", work);
  }

  async findImages(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Image>> {
    const found = new Map<string, Image>();
    // One that is gone fails a whole call, so that all are looked for among all there are.
    const wanted = new Set(digests);
    for await (const page of this.listImages(repository, signal)) {
      for (const image of page) if (wanted.has(image.digest)) found.set(image.digest, image);
      if (found.size === wanted.size) break;
    }
    return found;
  }

  /** The API has no manifests, so that indexes stay closed. */
  readManifests(): Promise<ReadonlyMap<string, Manifest>> {
    return Promise.resolve(new Map());
  }

  #ask<T>(
    subject: CallSubject,
    signal: AbortSignal,
    work: (api: EcrPublicApi, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#calls.ask(subject, signal, async ({ openPublic }, abortSignal) =>
      work(await openPublic(), abortSignal),
    );
  }
}
