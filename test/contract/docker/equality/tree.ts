import { chmod, link, lutimes, mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { runCommand } from "../../../machine/runCommand.js";

/** Something in a folder; a text alone is a file that holds it. */
export type TreeEntry =
  | string
  | { readonly file: string | Uint8Array; readonly mode?: number; readonly modifiedAt?: number }
  | { readonly folder: number }
  | { readonly symlink: string; readonly modifiedAt?: number }
  | { readonly hardLink: string }
  | { readonly pipe: number }
  | { readonly archive: Readonly<Record<string, string>>; readonly gzip?: boolean };

/**
 * What a folder holds, by paths with slashes; folders around an entry come by themselves.
 *
 * `@nonce@` in texts becomes something that no other build has, so that nothing is cached yet. A
 * folder's number is its mode, a hard link's text the path of the other name, earlier in the tree.
 */
export type Tree = Readonly<Record<string, TreeEntry>>;

/** Puts a tree into a folder that is there. */
export async function writeTree(folder: string, tree: Tree, nonce: string): Promise<void> {
  for (const [name, entry] of Object.entries(tree)) {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeEntry(folder, target, entry, nonce);
  }
  // Last, since what is put into a folder that may not be written to is refused.
  for (const [name, entry] of Object.entries(tree)) {
    if (typeof entry === "object" && "folder" in entry) {
      await chmod(path.join(folder, name), entry.folder);
    }
  }
}

async function writeEntry(
  folder: string,
  target: string,
  entry: TreeEntry,
  nonce: string,
): Promise<void> {
  const fill = (text: string): string => text.replaceAll("@nonce@", nonce);
  if (typeof entry === "string") {
    await writeFile(target, fill(entry));
  } else if ("file" in entry) {
    const { file, mode, modifiedAt } = entry;
    await writeFile(target, typeof file === "string" ? fill(file) : file);
    if (mode !== undefined) await chmod(target, mode);
    if (modifiedAt !== undefined) await utimes(target, modifiedAt, modifiedAt);
  } else if ("folder" in entry) {
    await mkdir(target, { recursive: true });
  } else if ("symlink" in entry) {
    await symlink(entry.symlink, target);
    if (entry.modifiedAt !== undefined) await lutimes(target, entry.modifiedAt, entry.modifiedAt);
  } else if ("hardLink" in entry) {
    await link(path.join(folder, entry.hardLink), target);
  } else if ("pipe" in entry) {
    await runCommand("mkfifo", ["-m", entry.pipe.toString(8), target]);
  } else {
    const archive = pack();
    for (const [name, text] of Object.entries(entry.archive)) {
      archive.entry({ name, mtime: new Date(1_600_000_000_000) }, fill(text));
    }
    archive.finalize();
    const bytes = await buffer(archive);
    await writeFile(target, entry.gzip === true ? gzipSync(bytes) : bytes);
  }
}
