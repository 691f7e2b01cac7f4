import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  type RepositoryCreationTemplate,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  GetAuthorizationTokenCommand,
} from "@aws-sdk/client-ecr";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { AwsSession } from "../core/awsSession.js";
import { EcrError, isCancellation } from "../core/errors.js";
import type { Manifest } from "../core/manifest.js";
import type { ImageTarget, Registry } from "../core/ports.js";
import type {
  CreationTemplate,
  Identity,
  Image,
  NewRepository,
  RegistryLocation,
  Repository,
} from "../core/registry.js";
import type { RegistryToken } from "../core/registryToken.js";
import { makeAwsClients, type AwsClients } from "./awsClients.js";
import { readAwsSession } from "./awsSession.js";
import type { AwsCall } from "./errors/awsErrorRow.js";
import { awsFailure } from "./errors/awsFailure.js";
import { effectiveProfile } from "./credentials.js";
import { readImage, readRepository, readTemplate, readToken } from "./ecrAnswers.js";
import type { EcrOptions } from "./ecrOptions.js";
import { readAhead } from "./readAhead.js";
import { probePush } from "./probePush.js";
import { readManifestBatches } from "./readManifestBatches.js";
import { undefinedOn } from "./undefinedOn.js";
import { untilAborted } from "./untilAborted.js";

/** What a call is about, beyond what its registry knows. */
type Subject = Pick<AwsCall, "operation" | "repository" | "tag" | "digest">;

/** The largest page that ECR makes. */
const PAGE_SIZE = 1_000;

/** An ECR registry over the AWS SDK; its clients and credentials last as long as it does. */
export class EcrRegistry implements Registry {
  readonly #options: EcrOptions;
  #clients: Promise<AwsClients> | undefined;
  #identity: Identity | undefined;
  #clock: AwsClients["clock"] | undefined;

  constructor(
    readonly location: RegistryLocation,
    options: EcrOptions,
  ) {
    this.#options = options;
  }

  async identify(signal: AbortSignal): Promise<Identity> {
    const operation = "GetCallerIdentity";
    this.#identity ??= await this.#ask({ operation }, signal, async ({ sts }, abortSignal) => {
      const { Account, Arn } = await sts.send(new GetCallerIdentityCommand(), { abortSignal });
      if (!Account || !Arn) {
        const message = "the answer holds no account";
        throw new EcrError({ kind: "aws-failed", operation, message });
      }
      return { accountId: Account, arn: Arn };
    });
    return this.#identity;
  }

  readSession(signal: AbortSignal): Promise<AwsSession> {
    const operation = "ReadSession";
    return this.#ask({ operation }, signal, ({ held }) =>
      readAwsSession(this.location.profile, held(), new Date()),
    );
  }

  readClockSkew(): number | undefined {
    return this.#clock?.skewMs;
  }

  probePush(repository: string, signal: AbortSignal): Promise<void> {
    const operation = "InitiateLayerUpload";
    return this.#ask({ operation, repository }, signal, ({ ecr }, abortSignal) =>
      probePush(ecr, repository, abortSignal),
    );
  }

  fetchToken(signal: AbortSignal): Promise<RegistryToken> {
    const operation = "GetAuthorizationToken";
    return this.#ask({ operation }, signal, async ({ ecr }, abortSignal) => {
      const issuedAt = new Date();
      const answer = await ecr.send(new GetAuthorizationTokenCommand(), { abortSignal });
      const token = readToken(operation, answer.authorizationData?.[0], issuedAt);
      this.#options.learnSecret?.(token.revealPassword());
      return token;
    });
  }

  listRepositories(signal: AbortSignal): AsyncGenerator<readonly Repository[], void> {
    const operation = "DescribeRepositories";
    return readAhead(async (token, stop) => {
      const page = { maxResults: PAGE_SIZE, nextToken: token };
      const { repositories = [], nextToken } = await this.#ask(
        { operation },
        stop,
        ({ ecr }, abortSignal) => ecr.send(new DescribeRepositoriesCommand(page), { abortSignal }),
      );
      return { items: repositories.map((found) => readRepository(operation, found)), nextToken };
    }, signal);
  }

  findRepository(name: string, signal: AbortSignal): Promise<Repository | undefined> {
    const operation = "DescribeRepositories";
    const work = this.#ask(
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
    return this.#ask(subject, signal, async ({ ecr }, abortSignal) => {
      const command = new CreateRepositoryCommand({
        repositoryName: wanted.name,
        imageTagMutability: wanted.tagMutability === "immutable" ? "IMMUTABLE" : "MUTABLE",
      });
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
      const answer = await this.#ask({ operation }, signal, ({ ecr }, abortSignal) =>
        ecr.send(new DescribeRepositoryCreationTemplatesCommand(page), { abortSignal }),
      );
      found.push(...(answer.repositoryCreationTemplates ?? []));
      nextToken = answer.nextToken;
    } while (nextToken);
    return found.map(readTemplate);
  }

  listImages(repository: string, signal: AbortSignal): AsyncGenerator<readonly Image[], void> {
    const operation = "DescribeImages";
    return readAhead(async (token, stop) => {
      // Without a status ECR leaves archived images out.
      const filter = { imageStatus: "ANY" } as const;
      const page = { repositoryName: repository, filter, maxResults: PAGE_SIZE, nextToken: token };
      const { imageDetails = [], nextToken } = await this.#ask(
        { operation, repository },
        stop,
        ({ ecr }, abortSignal) => ecr.send(new DescribeImagesCommand(page), { abortSignal }),
      );
      return { items: imageDetails.map((found) => readImage(operation, found)), nextToken };
    }, signal);
  }

  findImage(
    repository: string,
    target: ImageTarget,
    signal: AbortSignal,
  ): Promise<Image | undefined> {
    const operation = "DescribeImages";
    const work = this.#ask(
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

  readManifests(
    repository: string,
    digests: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Manifest>> {
    const subject = { operation: "BatchGetImage", repository };
    return readManifestBatches(repository, digests, (request) =>
      this.#ask(subject, signal, async ({ ecr }, abortSignal) => {
        const { images } = await ecr.send(new BatchGetImageCommand(request), { abortSignal });
        return images;
      }),
    );
  }

  /** Runs one call; its failures come out with a kind, its abort as a cancellation. */
  async #ask<T>(
    subject: Subject,
    signal: AbortSignal,
    work: (clients: AwsClients, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    // Calls at the same time would each hang listeners on the one signal, more than Node likes.
    const own = AbortSignal.any([signal]);
    return untilAborted(own, async () => {
      let clients: AwsClients | undefined;
      try {
        clients = await this.#connect();
        this.#clock = clients.clock;
        return await work(clients, own);
      } catch (error) {
        throw isCancellation(error) ? error : awsFailure(error, this.#call(subject, clients));
      }
    });
  }

  /** Makes the clients once; a failure is forgotten, so that the next call tries anew. */
  #connect(): Promise<AwsClients> {
    this.#clients ??= makeAwsClients(this.location, this.#options).catch((error: unknown) => {
      this.#clients = undefined;
      throw error;
    });
    return this.#clients;
  }

  #call(subject: Subject, clients: AwsClients | undefined): AwsCall {
    const { region, endpoint } = this.location;
    const host =
      subject.operation === "GetCallerIdentity" ? clients?.hosts.sts : clients?.hosts.ecr;
    return { ...subject, profile: effectiveProfile(this.location.profile), region, endpoint, host };
  }
}
