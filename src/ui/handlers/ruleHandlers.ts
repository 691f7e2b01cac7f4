import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { CommandHandlers } from "../commandTargets.js";

/** What the commands do that are about the rules of a repository. */
type RuleHandlers = Pick<
  CommandHandlers,
  | "ecr.repository.editLifecycle"
  | "ecr.repository.previewLifecycle"
  | "ecr.repository.deleteLifecycle"
>;

/** Returns what the commands do by which a repository keeps its images. */
export function ruleHandlers(ports: CommandPorts): RuleHandlers {
  const policies = () => import("../commands/lifecyclePolicies.js");
  return {
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
