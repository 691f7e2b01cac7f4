import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { buildOf, collect, engineAt } from "../engineUnderTest.js";
import type { EqualityCase } from "./equalityCase.js";

/** Builds a case whose tree lies in a folder, and returns the image's id. */
export type Client = (
  host: string,
  folder: string,
  one: EqualityCase,
  more?: { readonly noCache?: boolean },
) => Promise<string>;

const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/** Builds with our own client. */
export const buildWithOurs: Client = async (host, folder, one, { noCache = false } = {}) => {
  const secrets = Object.entries(one.secrets ?? {}).map(
    ([id, value]) => [id, () => Promise.resolve(Buffer.from(value))] as const,
  );
  const request = buildOf(folder, {
    ...places(folder, one),
    platforms: one.platform === undefined ? [] : [one.platform],
    options: { ...one.options, noCache, secrets: Object.fromEntries(secrets) },
  });
  return (await collect(engineAt(host).build(request, patience()))).result.imageId;
};

/** Returns a client that builds with buildx, run by itself without the docker CLI. */
export function buildxClient(program: string): Client {
  return async (host, folder, one, { noCache = false } = {}) => {
    const home = await mkdtemp(path.join(tmpdir(), "ecr-buildx-"));
    try {
      const secrets: string[] = [];
      for (const [id, value] of Object.entries(one.secrets ?? {})) {
        const file = path.join(home, `secret-${id}`);
        await writeFile(file, value);
        secrets.push("--secret", `id=${id},src=${file}`);
      }
      const metadata = path.join(home, "metadata.json");
      const { context, dockerfile } = places(folder, one);
      const { target, buildArgs = {}, labels = {}, hosts = {} } = one.options ?? {};
      const args = [
        ...["build", "--file", dockerfile, "--metadata-file", metadata, ...secrets],
        // As our client does it on an engine without a bridge network.
        ...["--network", one.options?.network ?? "none"],
        ...(noCache ? ["--no-cache"] : []),
        ...(target === undefined ? [] : ["--target", target]),
        ...(one.platform === undefined ? [] : ["--platform", one.platform]),
        ...Object.entries(buildArgs).flatMap(([name, value]) => [
          "--build-arg",
          `${name}=${value}`,
        ]),
        ...Object.entries(labels).flatMap(([name, value]) => ["--label", `${name}=${value}`]),
        ...Object.entries(hosts).flatMap(([name, address]) => ["--add-host", `${name}:${address}`]),
        context,
      ];
      const env = {
        ...process.env,
        DOCKER_HOST: host,
        DOCKER_CONFIG: home,
        BUILDX_CONFIG: home,
        // An attestation holds the time of its build.
        BUILDX_NO_DEFAULT_ATTESTATIONS: "1",
      };
      await promisify(execFile)(program, args, { env, signal: patience() });
      const said = JSON.parse(await readFile(metadata, "utf8")) as Record<string, unknown>;
      return String(said["containerimage.digest"]);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  };
}

function places(folder: string, one: EqualityCase): { context: string; dockerfile: string } {
  return {
    context: path.join(folder, one.context ?? ""),
    dockerfile: path.join(folder, one.dockerfile ?? "Dockerfile"),
  };
}
