import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { CommandHandlers } from "../commandTargets.js";
import type { RepositoryPages } from "../repositoryPage/repositoryPages.js";

/** What the commands do that are about the rules of a repository. */
type RuleHandlers = Pick<
  CommandHandlers,
  | "ecr.repository.showPage"
  | "ecr.repository.cleanUp"
  | "ecr.repository.editLifecycle"
  | "ecr.repository.previewLifecycle"
  | "ecr.repository.deleteLifecycle"
>;

/** Returns what the commands do by which a repository keeps its images. */
export function ruleHandlers(ports: CommandPorts): RuleHandlers {
  const policies = () => import("../commands/lifecyclePolicies.js");
  let loadedPages: Promise<RepositoryPages> | undefined;
  const pages = (): Promise<RepositoryPages> =>
    (loadedPages ??= import("../repositoryPage/repositoryPages.js").then((module) =>
      ports.own(new module.RepositoryPages(ports)),
    ));
  return {
    [commandIds.showRepository]: async (target, title) => {
      await (await pages()).show(title, target);
    },
    [commandIds.cleanUpImages]: async (target, title) => {
      const { cleanUpImages } = await import("../commands/cleanUpImages.js");
      await cleanUpImages(ports, title, target);
    },
    [commandIds.editLifecycle]: async (target, title) => {
      await (await policies()).editLifecyclePolicy(ports, title, target);
    },
    [commandIds.previewLifecycle]: async (target, title) => {
      await (await policies()).previewLifecyclePolicy(ports, title, target);
    },
    [commandIds.deleteLifecycle]: async (target, title) => {
      await (await policies()).deleteLifecyclePolicy(ports, title, target);
    },
  };
}
