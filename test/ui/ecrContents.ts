import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  type ImageDetail,
  type Repository,
} from "@aws-sdk/client-ecr";
import { localAccount, localRegion } from "../playground/writeAwsConfig.js";

/** What ECR holds, asked and changed behind the window's back with AWS's own client. */
export class EcrContents {
  private readonly client: ECRClient;

  /** @param origin Where the local ECR listens. */
  constructor(origin: string) {
    const credentials = { accessKeyId: localAccount, secretAccessKey: "opens-nothing" };
    this.client = new ECRClient({ endpoint: origin, region: localRegion, credentials });
  }

  /** The images of a repository, newest first. */
  async images(repositoryName: string): Promise<readonly ImageDetail[]> {
    const images: ImageDetail[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(new DescribeImagesCommand({ repositoryName, nextToken }));
      images.push(...(page.imageDetails ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return images.toSorted((a, b) => pushedMs(b) - pushedMs(a));
  }

  /** The digest that a tag names now; undefined when the repository has no such tag. */
  async digestOf(repositoryName: string, tag: string): Promise<string | undefined> {
    const images = await this.images(repositoryName);
    return images.find(({ imageTags }) => imageTags?.includes(tag))?.imageDigest;
  }

  /** A password for the registry, such as the window gets. */
  async newPassword(): Promise<string> {
    const answer = await this.client.send(new GetAuthorizationTokenCommand({}));
    const token = answer.authorizationData?.[0]?.authorizationToken ?? "";
    return Buffer.from(token, "base64").toString("utf8").slice("AWS:".length);
  }

  /** Creates a repository. */
  async create(repositoryName: string, mutability: "MUTABLE" | "IMMUTABLE"): Promise<void> {
    const imageTagMutability = mutability;
    await this.client.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability }));
  }

  /** Deletes a repository with its images. */
  async delete(repositoryName: string): Promise<void> {
    await this.client.send(new DeleteRepositoryCommand({ repositoryName, force: true }));
  }

  /** Sets the lifecycle policy of a repository. */
  async putLifecyclePolicy(repositoryName: string, lifecyclePolicyText: string): Promise<void> {
    const policy = { repositoryName, lifecyclePolicyText };
    await this.client.send(new PutLifecyclePolicyCommand(policy));
  }

  /** Deletes the image that has a tag, with all its tags. */
  async deleteImage(repositoryName: string, tag: string): Promise<void> {
    const imageDigest = await this.digestOf(repositoryName, tag);
    await this.client.send(
      new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }),
    );
  }

  /** What ECR tells of a repository. */
  async describe(repositoryName: string): Promise<Repository | undefined> {
    const repositoryNames = [repositoryName];
    const answer = await this.client.send(new DescribeRepositoriesCommand({ repositoryNames }));
    return answer.repositories?.[0];
  }

  /** Decides whether the tags of a repository may move. */
  async changeTags(repositoryName: string, mutability: "MUTABLE" | "IMMUTABLE"): Promise<void> {
    const imageTagMutability = mutability;
    await this.client.send(
      new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability }),
    );
  }
}

function pushedMs({ imagePushedAt }: ImageDetail): number {
  return imagePushedAt?.getTime() ?? 0;
}
