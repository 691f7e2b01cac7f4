import {
  BatchCheckLayerAvailabilityCommand,
  CreateRepositoryCommand,
  type DescribeImagesRequest,
  DescribeImagesCommand,
  type DescribeImagesResponse,
  type DescribeRepositoriesRequest,
  DescribeRepositoriesCommand,
  type DescribeRepositoriesResponse,
  ECRPUBLICClient,
  type ECRPUBLICClientConfig,
  type AuthorizationData,
  GetAuthorizationTokenCommand,
  InitiateLayerUploadCommand,
  type Repository,
} from "@aws-sdk/client-ecr-public";
import { NO_LAYER } from "./probePush.js";

/** The questions that ECR Public answers; importing this module loads its part of the AWS SDK. */
export class EcrPublicApi {
  readonly client: ECRPUBLICClient;

  constructor(config: ECRPUBLICClientConfig) {
    this.client = new ECRPUBLICClient(config);
  }

  async getToken(abortSignal: AbortSignal): Promise<AuthorizationData | undefined> {
    const command = new GetAuthorizationTokenCommand({});
    return (await this.client.send(command, { abortSignal })).authorizationData;
  }

  describeRepositories(
    request: DescribeRepositoriesRequest,
    abortSignal: AbortSignal,
  ): Promise<DescribeRepositoriesResponse> {
    return this.client.send(new DescribeRepositoriesCommand(request), { abortSignal });
  }

  async createRepository(
    repositoryName: string,
    abortSignal: AbortSignal,
  ): Promise<Repository | undefined> {
    const command = new CreateRepositoryCommand({ repositoryName });
    return (await this.client.send(command, { abortSignal })).repository;
  }

  describeImages(
    request: DescribeImagesRequest,
    abortSignal: AbortSignal,
  ): Promise<DescribeImagesResponse> {
    return this.client.send(new DescribeImagesCommand(request), { abortSignal });
  }

  /** Asks what the engine asks before it sends a layer; leaves nothing behind. */
  async probePush(repositoryName: string, abortSignal: AbortSignal): Promise<void> {
    const layerDigests = [NO_LAYER];
    await Promise.all([
      this.client.send(new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }), {
        abortSignal,
      }),
      this.client.send(new InitiateLayerUploadCommand({ repositoryName }), { abortSignal }),
    ]);
  }
}
