import type { Operation } from "../call.js";
import { epochSeconds } from "../epochSeconds.js";

/** The operation that hands out passwords for the data plane. */
export const authorizationOperations: Readonly<Record<string, Operation>> = {
  GetAuthorizationToken({ key, context, input }) {
    const registries = input.optionalStrings("registryIds", 1, 10) ?? [key.account];
    return {
      authorizationData: registries.map((account) => {
        const { password, expiresAt } = context.tokens.issue({ account, region: key.region });
        return {
          authorizationToken: Buffer.from(`AWS:${password}`).toString("base64"),
          expiresAt: epochSeconds(expiresAt.getTime()),
          proxyEndpoint: context.origin,
        };
      }),
    };
  },
};
