import path from "node:path";

/** The root of the project: the folder that holds package.json. */
export const projectFolder = path.resolve(import.meta.dirname, "..", "..");

/** What was downloaded or unpacked once and is used again; git-ignored, safe to delete. */
export const cacheFolder = path.join(projectFolder, ".cache");

/** What a run writes (test bundles, results, screenshots, logs); git-ignored, safe to delete. */
export const outFolder = path.join(projectFolder, "out");
