import {
  DescribePullThroughCacheRulesCommand,
  type PullThroughCacheRule,
} from "@aws-sdk/client-ecr";
import type { PullThroughRule, RegistrySettings } from "../core/repositories/registrySettings.js";
import type { EcrCalls } from "./ecrCalls.js";

/** What holds for a registry as a whole, as ECR keeps it. */
export class EcrSettings implements RegistrySettings {
  constructor(private readonly calls: EcrCalls) {}

  async listPullThroughRules(signal: AbortSignal): Promise<readonly PullThroughRule[]> {
    const subject = { operation: "DescribePullThroughCacheRules" };
    const found: PullThroughCacheRule[] = [];
    let nextToken: string | undefined;
    do {
      const command = new DescribePullThroughCacheRulesCommand({ maxResults: 1_000, nextToken });
      const answer = await this.calls.ask(subject, signal, ({ ecr }, abortSignal) =>
        ecr.send(command, { abortSignal }),
      );
      found.push(...(answer.pullThroughCacheRules ?? []));
      nextToken = answer.nextToken;
    } while (nextToken);
    return found.map(({ ecrRepositoryPrefix = "", upstreamRegistryUrl = "" }) => ({
      prefix: ecrRepositoryPrefix,
      upstream: upstreamRegistryUrl,
    }));
  }
}
