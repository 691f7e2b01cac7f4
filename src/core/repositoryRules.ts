/** Reads and sets the rules by which a repository keeps images. */
export interface RepositoryRules {
  /** Reads the lifecycle policy, as JSON text; undefined where a repository has none. */
  readLifecyclePolicy(repository: string, signal: AbortSignal): Promise<string | undefined>;
}
