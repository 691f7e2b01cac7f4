import { digestOf } from "./digest.js";
import { mediaTypes } from "./mediaTypes.js";
import type { ImageChange } from "./imageTable.js";
import type { ImageRecord } from "./records.js";

const minuteMs = 60_000;

/**
 * Returns `count` generated images and the configuration that they share.
 *
 * Every tenth has no tag, the others have `v` and their number. Sizes differ, and the times of
 * arrival do not follow the order of the list, so that a client which relies on it is found out.
 *
 * @param before The instant that all of them arrived before, in epoch milliseconds.
 */
export function seedImages(count: number, before: number): ImageChange {
  const records: ImageRecord[] = [];
  for (let number = 1; number <= count; number++) {
    const manifest = seededManifest(number);
    records.push({
      sequence: number,
      digest: digestOf(manifest),
      mediaType: mediaTypes.ociManifest,
      artifactMediaType: mediaTypes.ociConfig,
      sizeBytes: seededConfig.length + layerBytes(number),
      manifestBytes: manifest.length,
      pushedAt: before - (1 + ((number * 7919) % count)) * minuteMs,
      tags: number % 10 === 0 ? [] : [`v${number}`],
      status: "ACTIVE",
      seedNumber: number,
    });
  }
  const config = {
    digest: digestOf(seededConfig),
    sizeBytes: seededConfig.length,
    mediaType: mediaTypes.ociConfig,
  };
  return { put: records, blobs: [config] };
}

/** Returns the manifest of a seeded image; its layer is only named, and holds no bytes. */
export function seededManifest(number: number): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: {
      mediaType: mediaTypes.ociConfig,
      digest: digestOf(seededConfig),
      size: seededConfig.length,
    },
    layers: [
      {
        mediaType: mediaTypes.ociLayer,
        digest: `sha256:${number.toString(16).padStart(64, "0")}`,
        size: layerBytes(number),
      },
    ],
  });
}

/** The configuration that all seeded images share; kept as a blob so that it can be read. */
export const seededConfig = JSON.stringify({
  architecture: "amd64",
  os: "linux",
  config: {},
  rootfs: { type: "layers", diff_ids: [] },
});

function layerBytes(number: number): number {
  return 1_000_000 + ((number * 104_729) % 500_000_000);
}
