import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, realpath, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A folder for one test. */
export class TempFolder {
  private constructor(readonly root: string) {}

  static async make(): Promise<TempFolder> {
    return new TempFolder(await realpath(await mkdtemp(path.join(tmpdir(), "file-sync-"))));
  }

  /** Returns the absolute path of a name in the folder. */
  at(name: string): string {
    return path.join(this.root, name);
  }

  /** Writes a file and the folders around it; a name that ends in a slash is a folder. */
  async write(name: string, content: string | Buffer = name, mode = 0o644): Promise<void> {
    const absolute = this.at(name);
    await mkdir(name.endsWith("/") ? absolute : path.dirname(absolute), { recursive: true });
    if (name.endsWith("/")) return;
    await writeFile(absolute, content);
    await chmod(absolute, mode);
    await utimes(absolute, 1_700_000_000, 1_700_000_000);
  }

  /** Makes folders in one another, deeper than a path can be; step by step, as it must be. */
  async writeDeep(name: string, depth: number): Promise<void> {
    await mkdir(this.at(name), { recursive: true });
    const program =
      "const fs = require('node:fs'); process.chdir(process.argv[1]);" +
      "for (let left = process.argv[2]; left > 0; left--) { fs.mkdirSync('d'); process.chdir('d'); }";
    await run(process.execPath, ["-e", program, this.at(name), String(depth)]);
  }

  async remove(): Promise<void> {
    // Node can't remove what is too deep to be named.
    await run("sh", ["-c", 'chmod -R u+rwX "$0"; rm -rf "$0"', this.root]);
  }
}
