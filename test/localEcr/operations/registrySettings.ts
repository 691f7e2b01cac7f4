import { AwsError } from "../awsError.js";
import type { Operation } from "../call.js";
import { targetRegistry } from "../call.js";
import { epochSeconds } from "../epochSeconds.js";
import { parsePageRequest, takePage } from "../paging.js";
import type { PullThroughRule } from "../records.js";

/** The operations on what holds for a registry as a whole. */
export const registrySettingOperations: Readonly<Record<string, Operation>> = {
  CreatePullThroughCacheRule(call) {
    const key = targetRegistry(call);
    const registry = call.context.store.registry(key);
    const prefix = call.input.string("ecrRepositoryPrefix");
    if (registry.pullThroughRules().some((rule) => rule.prefix === prefix)) {
      throw new AwsError(
        "PullThroughCacheRuleAlreadyExistsException",
        `A pull through cache rule with Amazon ECR repository prefix '${prefix}' already exists`,
      );
    }
    const rule: PullThroughRule = {
      prefix,
      upstreamUrl: call.input.string("upstreamRegistryUrl"),
      upstreamRegistry: call.input.optionalString("upstreamRegistry"),
      createdAt: Date.now(),
    };
    registry.putPullThroughRule(rule);
    return { registryId: key.account, ...describe(rule) };
  },

  DescribePullThroughCacheRules(call) {
    const key = targetRegistry(call);
    const list = `pullThrough/${key.account}/${key.region}`;
    const request = parsePageRequest(call.input, list, "ecrRepositoryPrefixes");
    const start = request.cursor?.key ?? "";
    const rows = call.context.store
      .registry(key)
      .pullThroughRules()
      .filter(({ prefix }) => prefix >= start)
      .map((rule) => ({ key: rule.prefix, row: { registryId: key.account, ...describe(rule) } }));
    const { rows: page, nextToken } = takePage(rows, request);
    return { pullThroughCacheRules: page, nextToken };
  },
};

function describe(rule: PullThroughRule): object {
  return {
    ecrRepositoryPrefix: rule.prefix,
    upstreamRegistryUrl: rule.upstreamUrl,
    upstreamRegistry: rule.upstreamRegistry,
    createdAt: epochSeconds(rule.createdAt),
  };
}
