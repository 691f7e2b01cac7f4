import { repositoryArn } from "../arn.js";
import type { Operation } from "../call.js";
import { openRepository, targetRegistry } from "../call.js";

/** The operations on when images are scanned. */
export const scanSettingOperations: Readonly<Record<string, Operation>> = {
  PutImageScanningConfiguration(call) {
    const { key, repository } = openRepository(call);
    const settings = call.input.object("imageScanningConfiguration");
    const scanOnPush = settings.optionalBoolean("scanOnPush") ?? false;
    call.context.store.registry(key).put({ ...repository, scanOnPush });
    return {
      registryId: key.account,
      repositoryName: repository.name,
      imageScanningConfiguration: { scanOnPush },
    };
  },

  BatchGetRepositoryScanningConfiguration(call) {
    const key = targetRegistry(call);
    const registry = call.context.store.registry(key);
    const scanningConfigurations: object[] = [];
    const failures: object[] = [];
    for (const repositoryName of call.input.strings("repositoryNames", 1, 25)) {
      const repository = registry.find(repositoryName);
      if (!repository) {
        failures.push({
          repositoryName,
          failureCode: "REPOSITORY_NOT_FOUND",
          failureReason: `The repository with name '${repositoryName}' does not exist in the registry with id '${key.account}'`,
        });
        continue;
      }
      scanningConfigurations.push({
        repositoryArn: repositoryArn(key, repositoryName),
        repositoryName,
        scanOnPush: repository.scanOnPush,
        scanFrequency: repository.scanOnPush ? "SCAN_ON_PUSH" : "MANUAL",
        appliedScanFilters: repository.scanOnPush
          ? [{ filter: repositoryName, filterType: "WILDCARD" }]
          : [],
      });
    }
    return { scanningConfigurations, failures };
  },
};
