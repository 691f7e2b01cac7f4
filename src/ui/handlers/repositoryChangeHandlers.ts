import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { CommandHandlers } from "../commandTargets.js";
import { changePorts } from "../manage/changePorts.js";

/** The commands that make, change or delete a repository, or name it elsewhere. */
type RepositoryChanges = Pick<
  CommandHandlers,
  | "ecr.repository.create"
  | "ecr.repository.delete"
  | "ecr.repository.setMutability"
  | "ecr.repository.copyArn"
  | "ecr.repository.openConsole"
>;

/** Returns what the commands do that make, change or delete a repository, or name it elsewhere. */
export function repositoryChangeHandlers(ports: CommandPorts): RepositoryChanges {
  const changes = changePorts(ports);
  return {
    [commandIds.createRepository]: async (target, title) => {
      const { createRepository } = await import("../commands/createRepository.js");
      await createRepository(changes, ports.choice, title, target);
    },
    [commandIds.deleteRepository]: async (target, title, selected) => {
      const { deleteRepositories } = await import("../commands/deleteRepository.js");
      await deleteRepositories(changes, title, target, selected);
    },
    [commandIds.setMutability]: async (target, title) => {
      const { setMutability } = await import("../commands/setMutability.js");
      await setMutability(changes, title, target);
    },
    [commandIds.copyRepositoryArn]: async (target, title) => {
      const { copyRepositoryArn } = await import("../commands/copyImageAs.js");
      await copyRepositoryArn(ports, title, target);
    },
    [commandIds.openRepositoryConsole]: async (target, title) => {
      const { openRepositoryConsole } = await import("../commands/openConsole.js");
      await openRepositoryConsole(ports, title, target);
    },
  };
}
