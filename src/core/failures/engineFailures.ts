/** What can go wrong between us and a container engine. */
export interface EngineFailures {
  /** No Docker Engine answers on `endpoint`; `tried` lists every endpoint that was asked. */
  "docker-unavailable": { endpoint: string; tried: readonly string[] };
  /** The engine's socket exists, but this user may not open it. */
  "docker-permission-denied": { endpoint: string };
  /** `DOCKER_HOST`, `DOCKER_CONTEXT` or the current context names something unusable. */
  "docker-context-invalid": { name: string; reason: string };
  /** The engine answered a request with an error that no other kind describes. */
  "docker-failed": { operation: string; message: string };
  /** Something of the engine needs the image, so it stays. */
  "image-in-use": { image: string; containers: readonly string[]; by: ImageUser };
  /** The disk where the engine keeps images and build cache is full. */
  "engine-disk-full": { operation: string };
}

/** What needs an image: a container that runs, one that does not, or an image that is built on it. */
export type ImageUser = "running-container" | "stopped-container" | "image";
