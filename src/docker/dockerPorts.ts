import type { SecretSources } from "../core/build/buildChoices.js";
import type { MeasureContext } from "../core/context/contextContents.js";
import type { ReadOutline } from "../core/build/dockerfileOutline.js";
import type { ImageEngine } from "../core/enginePorts.js";
import type { ContainerClient } from "../core/login/loginRefusal.js";
import type { TerminalLogins } from "../core/login/terminalLogins.js";
import type { DockerEngineOptions } from "./dockerEngine.js";

/** What is asked of this machine's engine, Dockerfiles and Docker CLI. */
export interface DockerPorts {
  readonly engine: () => Promise<ImageEngine>;
  /** The logins of a terminal's client; the docker command's unless another is named. */
  readonly terminalLogins: (client?: ContainerClient) => Promise<TerminalLogins>;
  readonly measureContext: MeasureContext;
  readonly readOutline: ReadOutline;
  readonly secretSources: () => Promise<SecretSources>;
}

/** Makes the ports of this machine; the code of each loads when it is first asked. */
export function dockerPorts(machine: Required<DockerEngineOptions>): DockerPorts {
  const { environment } = machine;
  let loadedEngine: Promise<ImageEngine> | undefined;
  let loadedLogins: Promise<(client: ContainerClient) => TerminalLogins> | undefined;
  const loadEngine = async (): Promise<ImageEngine> => {
    const { DockerEngine } = await import("./dockerEngine.js");
    return new DockerEngine(machine);
  };
  return {
    engine: () => (loadedEngine ??= loadEngine()),
    terminalLogins: async (client = "docker") => {
      loadedLogins ??= import("./terminalLogins.js").then((module) =>
        module.makeTerminalLogins(machine),
      );
      return (await loadedLogins)(client);
    },
    measureContext: async (request, report, signal) => {
      const { makeMeasureContext } = await import("./context/measureContext.js");
      return makeMeasureContext(machine)(request, report, signal);
    },
    readOutline: async (dockerfile) =>
      (await import("./dockerfileOutline.js")).readOutline(dockerfile),
    secretSources: async () => (await import("./secretSources.js")).secretSources(environment),
  };
}
