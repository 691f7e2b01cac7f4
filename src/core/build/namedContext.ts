import { EcrError } from "../errors.js";
import { parseLocalName } from "../imageReference.js";

/**
 * A further context of a build, which `FROM`, `COPY --from` and `RUN --mount` name.
 *
 * Docker Engine knows them since 23; earlier engines fail with `builder-lacks`.
 * Source: https://docs.docker.com/reference/cli/docker/buildx/build/#build-context
 */
export type NamedContext =
  /** The files of a folder, by its absolute path; its own `.dockerignore` counts. */
  | { readonly kind: "folder"; readonly path: string }
  /** An image that the engine has or pulls, such as `busybox:1.36`. */
  | { readonly kind: "image"; readonly reference: string }
  /** A git repository, or a file behind `http:` or `https:`, which the engine fetches. */
  | { readonly kind: "url"; readonly url: string };

const IMAGE = "docker-image://";
/** Names of stages and of images. */
const NAME = /^[A-Za-z0-9][\w./:@-]*$/;
const LOOKS = "it looks like name=folder, name=docker-image://node:24 or name=https://…";

/**
 * Reads `name=context` as `docker buildx build --build-context` does, or throws `invalid-input`.
 *
 * The path of a folder comes as it is written. A URL holds no login, as contexts are remembered.
 */
export function parseNamedContext(text: string): readonly [name: string, context: NamedContext] {
  const [, name = "", value = ""] = /^\s*([^=]*?)\s*=\s*(.*?)\s*$/s.exec(text) ?? [];
  if (value === "") throw invalid(text, LOOKS);
  if (!NAME.test(name)) throw invalid(text, "the name is that of a stage or an image");
  return [name, parseContext(value)];
}

/** Writes a context as `parseNamedContext` reads it, without its name. */
export function formatContext(context: NamedContext): string {
  switch (context.kind) {
    case "folder":
      return context.path;
    case "image":
      return `${IMAGE}${context.reference}`;
    case "url":
      return context.url;
  }
}

function parseContext(text: string): NamedContext {
  if (text.startsWith(IMAGE)) {
    const reference = text.slice(IMAGE.length);
    parseLocalName(reference);
    return { kind: "image", reference };
  }
  if (/^git@[^\s:]+:\S+$/.test(text)) return { kind: "url", url: text };
  if (!/^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(text)) return { kind: "folder", path: text };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:", "git:", "ssh:"].includes(url.protocol)) {
    throw invalid(text, LOOKS);
  }
  const isWeb = url.protocol.startsWith("http");
  if (url.password !== "" || (isWeb && url.username !== "")) {
    throw invalid(url.host, "the URL holds no user name or password");
  }
  return { kind: "url", url: text };
}

function invalid(value: string, reason: string): EcrError {
  return new EcrError({ kind: "invalid-input", field: "context", value, reason });
}
