import {
  BatchCheckLayerAvailabilityCommand,
  type ECRClient,
  InitiateLayerUploadCommand,
} from "@aws-sdk/client-ecr";

/** The digest of no bytes with one digit changed, which no layer can have by chance. */
export const NO_LAYER = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b856";

/**
 * Asks what the engine asks before it sends a layer; an upload that gets no part is forgotten by ECR.
 *
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export async function probePush(
  ecr: ECRClient,
  repositoryName: string,
  abortSignal: AbortSignal,
): Promise<void> {
  const layerDigests = [NO_LAYER];
  await Promise.all([
    ecr.send(new BatchCheckLayerAvailabilityCommand({ repositoryName, layerDigests }), {
      abortSignal,
    }),
    ecr.send(new InitiateLayerUploadCommand({ repositoryName }), { abortSignal }),
  ]);
}
