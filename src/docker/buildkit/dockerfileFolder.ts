import { copyFile, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** The folder in which BuildKit finds the Dockerfile. */
export interface DockerfileFolder {
  readonly folder: string;
  /** The Dockerfile's name in it. */
  readonly name: string;
  /** Removes what was made for it. */
  dispose(): Promise<void>;
}

/**
 * Opens the folder of a Dockerfile, which BuildKit asks for separately from the context.
 *
 * A Dockerfile that is a link may point out of its folder, where nothing is sent from; it and the
 * ignore file beside the link are copied to a folder of their own.
 */
export async function openDockerfileFolder(dockerfile: string): Promise<DockerfileFolder> {
  const folder = await realpath(path.dirname(dockerfile));
  const name = path.basename(dockerfile);
  const target = await realpath(dockerfile);
  if (target === path.join(folder, name)) {
    return { folder, name, dispose: () => Promise.resolve() };
  }
  const copy = await mkdtemp(path.join(tmpdir(), "dockerfile-"));
  const dispose = (): Promise<void> => rm(copy, { recursive: true, force: true });
  try {
    await copyFile(target, path.join(copy, name));
    const ignoreFile = `${name}.dockerignore`;
    await copyFile(path.join(folder, ignoreFile), path.join(copy, ignoreFile)).catch(
      (error: unknown) => {
        if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
      },
    );
  } catch (error) {
    await dispose();
    throw error;
  }
  return { folder: copy, name, dispose };
}
