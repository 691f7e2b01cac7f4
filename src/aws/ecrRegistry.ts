import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  type RepositoryCreationTemplate,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  GetAuthorizationTokenCommand,
} from "@aws-sdk/client-ecr";
import type { AwsSession } from "../core/login/awsSession.js";
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
import { EcrCalls } from "./ecrCalls.js";
import { EcrChanges } from "./ecrChanges.js";
import { EcrContents } from "./ecrContents.js";
import { readImage, readRepository, readTemplate, readToken } from "./ecrAnswers.js";
import type { EcrOptions } from "./ecrOptions.js";
import { EcrSettings } from "./ecrSettings.js";
import { EcrRules } from "./ecrRules.js";
import { findImages } from "./operations/findImages.js";
import { newRepositoryInput } from "./operations/newRepositoryInput.js";
import { readAhead } from "./readAhead.js";
import { probePush } from "./probePush.js";
import { readManifestBatches } from "./readManifestBatches.js";
import { undefinedOn } from "./undefinedOn.js";

/** The largest page that ECR makes. */
const PAGE_SIZE = 1_000;

/** An ECR registry over the AWS SDK; its clients and credentials last as long as it does. */
export class EcrRegistry implements Registry {
  readonly contents: ImageContents;
  readonly rules: RepositoryRules;
  readonly changes: RegistryChanges;
  readonly settings: RegistrySettings;
  readonly #options: EcrOptions;
  readonly #calls: EcrCalls;
  #identity: Identity | undefined;

  constructor(
    readonly location: RegistryLocation,
    options: EcrOptions,
  ) {
    this.#options = options;
    this.#calls = new EcrCalls(location, options);
    this.contents = new EcrContents(this.#calls);
    this.rules = new EcrRules(this.#calls);
    this.changes = new EcrChanges(this.#calls);
    this.settings = new EcrSettings(this.#calls);
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    return (this.#identity ??= await askIdentity(this.#calls, signal));
  }

  readSession(signal: AbortSignal): Promise<AwsSession> {
    const operation = "ReadSession";
    return this.#calls.ask({ operation }, signal, ({ held }) =>
      readAwsSession(this.location.profile, held(), new Date()),
    );
  }

  readClockSkew(): number | undefined {
    return this.#calls.clockSkewMs;
  }

  probePush(repository: string, signal: AbortSignal): Promise<void> {
    const operation = "InitiateLayerUpload";
    return this.#calls.ask({ operation, repository }, signal, ({ ecr }, abortSignal) =>
      probePush(ecr, repository, abortSignal),
    );
  }

  fetchToken(signal: AbortSignal): Promise<RegistryToken> {
    const operation = "GetAuthorizationToken";
    return this.#calls.ask({ operation }, signal, async ({ ecr }, abortSignal) => {
      const issuedAt = new Date();
      const answer = await ecr.send(new GetAuthorizationTokenCommand(), { abortSignal });
      const token = readToken(operation, answer.authorizationData?.[0], issuedAt);
      this.#options.learnSecret?.(token.revealPassword());
      return token;
    });
  }

  listRepositories(signal: AbortSignal): AsyncGenerator<readonly Repository[], void> {
    const operation = "DescribeRepositories";
    return readAhead(
      async (token, stop) => {
        const page = { maxResults: PAGE_SIZE, nextToken: token };
        const { repositories = [], nextToken } = await this.#calls.ask(
          { operation },
          stop,
          ({ ecr }, abortSignal) =>
            ecr.send(new DescribeRepositoriesCommand(page), { abortSignal }),
        );
        return { items: repositories.map((found) => readRepository(operation, found)), nextToken };
      },
      signal,
      { keyOf: ({ name }) => name },
    );
  }

  findRepository(name: string, signal: AbortSignal): Promise<Repository | undefined> {
    const operation = "DescribeRepositories";
    const work = this.#calls.ask(
      { operation, repository: name },
      signal,
      async ({ ecr }, abortSignal) => {
        const command = new DescribeRepositoriesCommand({ repositoryNames: [name] });
        const { repositories = [] } = await ecr.send(command, { abortSignal });
        return readRepository(operation, repositories[0]);
      },
    );
    return undefinedOn("repository-not-found", work);
  }

  createRepository(wanted: NewRepository, signal: AbortSignal): Promise<Repository> {
    const operation = "CreateRepository";
    const subject = { operation, repository: wanted.name };
    return this.#calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
      const command = new CreateRepositoryCommand(newRepositoryInput(wanted));
      const { repository } = await ecr.send(command, { abortSignal });
      return readRepository(operation, repository);
    });
  }

  async listCreationTemplates(signal: AbortSignal): Promise<readonly CreationTemplate[]> {
    const operation = "DescribeRepositoryCreationTemplates";
    const found: RepositoryCreationTemplate[] = [];
    let nextToken: string | undefined;
    do {
      const page = { maxResults: PAGE_SIZE, nextToken };
      const answer = await this.#calls.ask({ operation }, signal, ({ ecr }, abortSignal) =>
        ecr.send(new DescribeRepositoryCreationTemplatesCommand(page), { abortSignal }),
      );
      found.push(...(answer.repositoryCreationTemplates ?? []));
      nextToken = answer.nextToken;
    } while (nextToken);
    return found.map(readTemplate);
  }

  listImages(repository: string, signal: AbortSignal): AsyncGenerator<readonly Image[], void> {
    const operation = "DescribeImages";
    return readAhead(
      async (token, stop) => {
        // Without a status ECR leaves archived images out.
        const filter = { imageStatus: "ANY" } as const;
        const page = {
          repositoryName: repository,
          filter,
          maxResults: PAGE_SIZE,
          nextToken: token,
        };
        const { imageDetails = [], nextToken } = await this.#calls.ask(
          { operation, repository },
          stop,
          ({ ecr }, abortSignal) => ecr.send(new DescribeImagesCommand(page), { abortSignal }),
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
    const work = this.#calls.ask(
      { operation, repository, ...target },
      signal,
      async ({ ecr }, abortSignal) => {
        const imageId = "tag" in target ? { imageTag: target.tag } : { imageDigest: target.digest };
        const command = new DescribeImagesCommand({
          repositoryName: repository,
          imageIds: [imageId],
        });
        const { imageDetails = [] } = await ecr.send(command, { abortSignal });
        return imageDetails[0] && readImage(operation, imageDetails[0]);
      },
    );
    return undefinedOn("image-not-found", work);
  }

  findImages(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Image>> {
    return findImages(this.#calls, repository, digests, signal);
  }

  readManifests(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Manifest>> {
    const subject = { operation: "BatchGetImage", repository };
    return readManifestBatches(repository, digests, (request) =>
      this.#calls.ask(subject, signal, async ({ ecr }, abortSignal) => {
        const { images } = await ecr.send(new BatchGetImageCommand(request), { abortSignal });
        return images;
      }),
    );
  }
}
