import type { NamedContext } from "../../core/build/namedContext.js";
import type { BuildOptions } from "../../core/enginePorts.js";
import { resolveContext } from "../buildContext.js";
import { sharedKey } from "./sharedKey.js";

/** Refuses frontends that would pass over the contexts without a word. */
const NEEDED = { "frontend.caps": "moby.buildkit.frontend.contexts+forward" };

/**
 * Returns what the Dockerfile frontend is told of named contexts.
 *
 * Source: https://github.com/moby/buildkit/blob/master/frontend/dockerui/namedcontext.go
 */
export function contextAttributes({
  contexts = {},
}: BuildOptions): Readonly<Record<string, string>> {
  const entries = Object.entries(contexts);
  if (entries.length === 0) return {};
  const attributes = entries.map(([name, context]) => [
    `context:${familiarName(name)}`,
    sourceOf(context),
  ]);
  return { ...NEEDED, ...(Object.fromEntries(attributes) as Record<string, string>) };
}

/** Returns the folders of named contexts under the names by which BuildKit asks for them. */
export async function contextFolders({
  contexts = {},
}: BuildOptions): Promise<Readonly<Record<string, string>>> {
  const folders: Record<string, string> = {};
  for (const context of Object.values(contexts)) {
    if (context.kind === "folder") {
      folders[folderName(context.path)] = await resolveContext(context.path);
    }
  }
  return folders;
}

function sourceOf(context: NamedContext): string {
  switch (context.kind) {
    case "folder":
      return `local:${folderName(context.path)}`;
    case "image":
      return `docker-image://${context.reference}`;
    case "url":
      return context.url;
  }
}

/** A name that no other folder has, as BuildKit keeps the files that it got under it. */
function folderName(path: string): string {
  return `context-${sharedKey(path).slice(0, 32)}`;
}

/** Names of images have several forms, and the frontend looks for the shortest. */
function familiarName(name: string): string {
  return name.replace(/^docker\.io\/(?:library\/)?/, "").replace(/:latest$/, "");
}
