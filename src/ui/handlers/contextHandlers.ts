import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";
import type { ContextView } from "../context/contextView.js";

/** Returns what the commands do that are about the Build Context view. */
export function contextHandlers(ports: CommandPorts): HandlersOf<"context"> {
  let loadedView: Promise<ContextView> | undefined;
  const contextView = (): Promise<ContextView> =>
    (loadedView ??= import("../context/contextView.js").then((module) =>
      ports.own(new module.ContextView(ports)),
    ));
  return {
    [commandIds.showContext]: async (target, title) => {
      const { showBuildContext } = await import("../commands/showBuildContext.js");
      await showBuildContext({ view: await contextView(), state: ports.state }, title, target);
    },
    [commandIds.refreshContext]: async () => {
      await (await contextView()).refresh();
    },
    [commandIds.hideContext]: async () => {
      (await contextView()).hide();
    },
    [commandIds.ignoreInContext]: async (target) => {
      if (target) await (await contextView()).ignore(target);
    },
    [commandIds.revealInContext]: async (target) => {
      if (target) await (await contextView()).reveal(target);
    },
  };
}
