import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { extract, type Header } from "tar-stream";
import { openEngine } from "../../../../machine/engineApi.js";

/** What an image holds under one path. */
export interface ImageFile {
  readonly type: string;
  /** Permission bits with set-id and sticky, octal. */
  readonly mode: string;
  readonly owner: string;
  /** Where a symlink points. */
  readonly target: string;
  /** Digest of a file's content, whichever of its hard links is asked for. */
  readonly content: string;
}

/** Returns the files of an image's only layer, by their paths. */
export async function readImageFiles(
  host: string,
  imageId: string,
): Promise<Readonly<Record<string, ImageFile>>> {
  const saved = await openEngine(host).getImage(imageId).get();
  const parts = new Map<string, Buffer>();
  for await (const entry of readTar(Readable.from(saved))) parts.set(entry.header.name, entry.body);
  const [image] = JSON.parse(String(parts.get("manifest.json"))) as { Layers: string[] }[];
  const [name = "", ...more] = image?.Layers ?? [];
  if (more.length > 0) throw new Error("the image has more than one layer");
  const layer = parts.get(name) ?? Buffer.alloc(0);
  const plain = layer[0] === 0x1f && layer[1] === 0x8b ? gunzipSync(layer) : layer;

  const files: Record<string, ImageFile> = {};
  for await (const { header, body } of readTar(Readable.from([plain]))) {
    const content = createHash("sha256").update(body).digest("hex");
    // A hard link has what the path has that it names.
    const source = header.type === "link" ? files[header.linkname] : undefined;
    files[header.name] = source ?? {
      type: header.type,
      mode: (header.mode & 0o7777).toString(8),
      owner: `${header.uid}:${header.gid}`,
      target: header.linkname,
      content,
    };
  }
  return files;
}

async function* readTar(
  archive: Readable,
): AsyncGenerator<{ header: Header; body: Buffer }, void, void> {
  for await (const entry of archive.pipe(extract())) {
    yield { header: entry.header, body: await buffer(entry) };
  }
}
