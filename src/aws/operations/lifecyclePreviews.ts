import {
  type ECRClient,
  GetLifecyclePolicyPreviewCommand,
  type GetLifecyclePolicyPreviewResponse,
  LifecyclePolicyPreviewNotFoundException,
  type LifecyclePolicyPreviewResult,
} from "@aws-sdk/client-ecr";
import type {
  LifecycleEffect,
  PreviewLook,
} from "../../core/repositories/lifecycle/lifecyclePreview.js";

/** The largest page that ECR makes of a preview. */
const PAGE_SIZE = 100;

/** Looks at the preview that ECR keeps of a repository. */
export async function lookAtLifecyclePreview(
  ecr: ECRClient,
  repositoryName: string,
  nextToken: string | undefined,
  abortSignal: AbortSignal,
): Promise<PreviewLook> {
  const page = { repositoryName, nextToken, maxResults: PAGE_SIZE };
  try {
    return readLook(await ecr.send(new GetLifecyclePolicyPreviewCommand(page), { abortSignal }));
  } catch (error) {
    if (error instanceof LifecyclePolicyPreviewNotFoundException) return { state: "none" };
    throw error;
  }
}

function readLook(answer: GetLifecyclePolicyPreviewResponse): PreviewLook {
  const { status, summary, previewResults = [] } = answer;
  if (status === "IN_PROGRESS") return { state: "at-work" };
  if (status !== "COMPLETE") return { state: "gave-up" };
  const archiving = summary?.transitioningImageTotalCounts ?? [];
  return {
    state: "done",
    policy: answer.lifecyclePolicyText ?? "",
    expiring: summary?.expiringImageTotalCount ?? 0,
    archiving: archiving.reduce((sum, { imageTotalCount = 0 }) => sum + imageTotalCount, 0),
    effects: previewResults.map(readEffect),
    nextToken: answer.nextToken,
  };
}

function readEffect(result: LifecyclePolicyPreviewResult): LifecycleEffect {
  return {
    digest: result.imageDigest ?? "",
    tags: result.imageTags ?? [],
    pushedAt: result.imagePushedAt,
    effect: result.action?.type === "TRANSITION" ? "archive" : "expire",
    rulePriority: result.appliedRulePriority,
  };
}
