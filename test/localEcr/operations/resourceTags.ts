import { repositoryArn } from "../arn.js";
import { AwsError, invalidParameter } from "../awsError.js";
import type { Call, OpenRepository, Operation } from "../call.js";
import { findRepository } from "../call.js";
import type { Input } from "../input.js";
import type { ResourceTag } from "../records.js";

const mostTags = 50;

/** The operations on the keys and values that are attached to repositories. */
export const resourceTagOperations: Readonly<Record<string, Operation>> = {
  ListTagsForResource(call) {
    return { tags: openResource(call).repository.tags };
  },

  TagResource(call) {
    const { key, repository } = openResource(call);
    const added = parseResourceTags(call.input.objects("tags", 0, 200));
    const kept = repository.tags.filter((tag) => !added.some((each) => each.Key === tag.Key));
    const tags = checkCount([...kept, ...added]);
    call.context.store.registry(key).put({ ...repository, tags });
    return {};
  },

  UntagResource(call) {
    const { key, repository } = openResource(call);
    const removed = call.input.strings("tagKeys", 0, 200);
    const tags = repository.tags.filter((tag) => !removed.includes(tag.Key));
    call.context.store.registry(key).put({ ...repository, tags });
    return {};
  },
};

/** Reads resource tags; keys have 1 to 128 characters, values at most 256, and there are 50 at most. */
export function parseResourceTags(inputs: readonly Input[]): ResourceTag[] {
  const tags = inputs.map((input) => {
    const tag = { Key: input.string("Key"), Value: input.string("Value") };
    const valid = tag.Key.length >= 1 && tag.Key.length <= 128 && tag.Value.length <= 256;
    if (!valid || tag.Key.startsWith("aws:")) {
      throw new AwsError(
        "InvalidTagParameterException",
        "Invalid parameter at 'tags' failed to satisfy constraint: 'Tag key or value is not valid'",
      );
    }
    return tag;
  });
  return checkCount(tags);
}

function checkCount(tags: ResourceTag[]): ResourceTag[] {
  if (tags.length <= mostTags) return tags;
  throw new AwsError(
    "TooManyTagsException",
    `The list of tags on the repository is over the limit. The maximum number of tags that can be applied to a repository is ${mostTags}`,
  );
}

function openResource({ input, key, context }: Call): OpenRepository {
  const arn = input.string("resourceArn");
  const match = /^arn:[a-z-]+:ecr:([a-z0-9-]+):(\d{12}):repository\/(.+)$/.exec(arn);
  const [, region, account, name] = match ?? [];
  if (region === undefined || account === undefined || name === undefined) {
    throw invalidParameter("resourceArn", "Invalid ARN");
  }
  if (region !== key.region) throw invalidParameter("resourceArn", "Invalid region in ARN");
  const found = findRepository(context, { account, region }, name);
  if (repositoryArn(found.key, name) !== arn) {
    throw invalidParameter("resourceArn", "Invalid partition in ARN");
  }
  return found;
}
