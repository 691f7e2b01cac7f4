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
