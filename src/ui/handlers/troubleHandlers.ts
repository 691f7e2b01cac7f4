import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";
import type { SetupOpener } from "../setup/setupOpener.js";

/** Returns what the commands do that are about finding out what is wrong. */
export function troubleHandlers(ports: CommandPorts): HandlersOf<"setup" | "failure" | "log"> {
  const { explorer, boundary, log } = ports;
  let loadedSetup: Promise<SetupOpener> | undefined;
  const setup = (): Promise<SetupOpener> =>
    (loadedSetup ??= import("../setup/setupOpener.js").then((module) =>
      ports.own(new module.SetupOpener(ports)),
    ));
  return {
    [commandIds.checkSetup]: async (target) => {
      (await setup()).show(target);
    },
    [commandIds.showFailure]: (target, title) => {
      if (!target) return;
      const retry = (): void => {
        explorer.ifLoaded((tree) => {
          tree.retry(target);
        });
      };
      boundary.show(title, target.error, { retry });
    },
    [commandIds.showLog]: () => {
      log.show();
    },
  };
}
