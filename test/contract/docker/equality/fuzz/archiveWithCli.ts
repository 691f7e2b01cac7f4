import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { extract } from "tar-stream";

/** Stands where an engine would, and lists the archives that the docker CLI sends to its builder. */
export class ArchiveLister {
  #names: string[] = [];
  readonly #server: Server;

  private constructor(
    private readonly docker: string,
    private readonly home: string,
  ) {
    this.#server = createServer((request, response) => {
      response.setHeader("Api-Version", "1.41");
      response.setHeader("Ostype", "linux");
      if (!/\/build\?/.test(request.url ?? "")) {
        response.end("OK");
        return;
      }
      const archive = request.pipe(extract());
      archive.on("entry", ({ name }, body, next) => {
        this.#names.push(name);
        body.on("end", next).resume();
      });
      archive.on("finish", () => response.end('{"stream":"read"}\n'));
    });
  }

  static async start(docker: string): Promise<ArchiveLister> {
    const home = await mkdtemp(path.join(tmpdir(), "ecr-cli-"));
    const lister = new ArchiveLister(docker, home);
    lister.#server.listen(path.join(home, "engine.sock"));
    await once(lister.#server, "listening");
    return lister;
  }

  /** Lists what the CLI sends of a folder, which needs a `Dockerfile`; folders end with `/`. */
  async list(folder: string): Promise<string[]> {
    this.#names = [];
    const env = {
      ...process.env,
      DOCKER_HOST: `unix://${path.join(this.home, "engine.sock")}`,
      DOCKER_CONFIG: this.home,
      DOCKER_BUILDKIT: "0",
    };
    await promisify(execFile)(this.docker, ["build", folder], { env });
    return this.#names.sort();
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await rm(this.home, { recursive: true, force: true });
  }
}
