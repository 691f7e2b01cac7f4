/** Changes what a registry holds. */
export interface RegistryChanges {
  /**
   * Deletes a repository; one that holds images only with `force`, and then with all of them.
   *
   * Fails with `repository-not-found` or `access-denied`.
   */
  deleteRepository(repository: string, force: boolean, signal: AbortSignal): Promise<void>;
}
