import { askAndPush, type DockerfilePushPorts } from "../dockerfilePush.js";
import { chooseDockerfile } from "../dockerfiles.js";
import type { RepositoryNode } from "../explorer/registryNodes.js";
import { pushDockerfile } from "./pushDockerfile.js";

/** *Push Here…*: pushes a Dockerfile to the repository that the command was called on. */
export async function pushToRepository(
  ports: DockerfilePushPorts,
  title: string,
  node: RepositoryNode | undefined,
): Promise<void> {
  if (!node) {
    await pushDockerfile(ports, title, undefined);
    return;
  }
  const dockerfile = await chooseDockerfile(title, undefined);
  if (!dockerfile) return;
  const { location, repository } = node;
  const chosen = { kind: "existing", repository } as const;
  await askAndPush(ports, dockerfile, { registry: location, repository: chosen });
}
