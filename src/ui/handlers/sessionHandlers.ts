import { commandIds } from "../commandIds.js";
import type { CommandPorts } from "../commandPorts.js";
import type { HandlersOf } from "../commandTargets.js";

/** Returns what the commands do that are about the AWS session and the login token. */
export function sessionHandlers(
  ports: CommandPorts,
): HandlersOf<"token" | "session" | "identity" | "dockerCli" | "status"> {
  return {
    [commandIds.renewToken]: async () => {
      const { renewToken } = await import("../commands/renewToken.js");
      await renewToken(ports);
    },
    [commandIds.signIn]: async (target) => {
      const { signInToAws } = await import("../commands/signInToAws.js");
      await signInToAws(ports, target);
    },
    [commandIds.copyIdentity]: async () => {
      const { copyIdentity } = await import("../commands/copyIdentity.js");
      await copyIdentity(ports);
    },
    [commandIds.logInDockerCli]: async (_, title) => {
      const { logInDockerCli } = await import("../commands/logInDockerCli.js");
      await logInDockerCli(ports, title);
    },
    [commandIds.logOutDockerCli]: async (_, title) => {
      const { logOutDockerCli } = await import("../commands/logOutDockerCli.js");
      await logOutDockerCli(ports, title);
    },
    [commandIds.showStatusMenu]: async (_, title) => {
      const { showStatusMenu } = await import("../commands/showStatusMenu.js");
      await showStatusMenu(title);
    },
  };
}
