import { AwsError } from "../awsError.js";
import type { OpenRepository, Operation } from "../call.js";
import { openRepository } from "../call.js";
import { epochSeconds } from "../epochSeconds.js";
import { findImage } from "../findImage.js";
import { parseImageFilter, passesFilter } from "../imageFilter.js";
import { parseImageId } from "../imageId.js";
import { parseLifecyclePolicy } from "../lifecyclePolicy.js";
import { previewLifecycle } from "../lifecyclePreview.js";
import { parsePageRequest, takePage } from "../paging.js";
import type { ImageRecord, LifecycleAction, LifecyclePolicyPreview } from "../records.js";
import { policyOf } from "./lifecycle.js";

/** The operations that try a lifecycle policy out. */
export const lifecyclePreviewOperations: Readonly<Record<string, Operation>> = {
  StartLifecyclePolicyPreview(call) {
    const { key, repository, images } = openRepository(call);
    const given = call.input.optionalString("lifecyclePolicyText");
    const text = given ?? policyOf(repository, key.account).text;
    const actions = previewLifecycle(parseLifecyclePolicy(text), [...images.from(0)], Date.now());
    call.context.store.registry(key).put({ ...repository, preview: { looks: 0, text, actions } });
    return {
      registryId: key.account,
      repositoryName: repository.name,
      lifecyclePolicyText: text,
      status: "IN_PROGRESS",
    };
  },

  GetLifecyclePolicyPreview(call) {
    const open = openRepository(call);
    const { key, repository, images } = open;
    const preview = previewOf(open);
    const about = {
      registryId: key.account,
      repositoryName: repository.name,
      lifecyclePolicyText: preview.text,
    };
    if (preview.looks === 0) {
      // The first look finds it at work, so that clients meet both states without a clock.
      const looked = { ...repository, preview: { ...preview, looks: 1 } };
      call.context.store.registry(key).put(looked);
      return { ...about, status: "IN_PROGRESS" };
    }
    const request = parsePageRequest(
      call.input,
      `preview/${key.account}/${key.region}/${repository.name}`,
      "imageIds",
      { defaultRows: 100, mostRows: 100 },
    );
    const ids = call.input.optionalObjects("imageIds", 1, 100)?.map(parseImageId);
    const wanted = ids && new Set(ids.map((id) => findImage(open, id).digest));
    const filter = { ...parseImageFilter(call.input), imageStatus: "ANY" as const };
    const rows = preview.actions.flatMap((action, index) => {
      const image = images.byDigest(action.digest);
      if (!image || !passesFilter(image, filter) || wanted?.has(image.digest) === false) return [];
      if (index < Number(request.cursor?.key ?? 0)) return [];
      return [{ key: index, row: describe(image, action) }];
    });
    const { rows: previewResults, nextToken } = takePage(rows, request);
    return {
      ...about,
      status: "COMPLETE",
      previewResults,
      nextToken,
      summary: summarize(preview.actions),
    };
  },
};

function previewOf({ key, repository }: OpenRepository): LifecyclePolicyPreview {
  if (repository.preview) return repository.preview;
  throw new AwsError(
    "LifecyclePolicyPreviewNotFoundException",
    `Lifecycle policy preview does not exist for the repository with name '${repository.name}' in the registry with id '${key.account}'`,
  );
}

function describe(image: ImageRecord, { action, priority }: LifecycleAction): object {
  return {
    imageTags: image.tags,
    imageDigest: image.digest,
    imagePushedAt: epochSeconds(image.pushedAt),
    action:
      action === "EXPIRE" ? { type: action } : { type: action, targetStorageClass: "ARCHIVE" },
    appliedRulePriority: priority,
    storageClass: image.status === "ARCHIVED" ? "ARCHIVE" : "STANDARD",
  };
}

function summarize(actions: readonly LifecycleAction[]): object {
  const transitions = actions.filter(({ action }) => action === "TRANSITION").length;
  return {
    expiringImageTotalCount: actions.length - transitions,
    transitioningImageTotalCounts:
      transitions > 0
        ? [{ targetStorageClass: "ARCHIVE", imageTotalCount: transitions }]
        : undefined,
  };
}
