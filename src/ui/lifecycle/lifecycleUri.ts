import * as vscode from "vscode";
import { locationOfKey, registryKey, type RegistryLocation } from "../../core/registry.js";

/** The scheme of documents that are lifecycle policies. */
export const LIFECYCLE_SCHEME = "ecr-lifecycle";

/** What the JSON schema knows such documents by, on disk too. */
const SUFFIX = ".ecr-lifecycle.json";

/** The repository whose lifecycle policy a document is. */
export interface LifecycleSubject {
  readonly location: RegistryLocation;
  readonly repository: string;
}

/** Names the document that is the lifecycle policy of a repository. */
export function lifecycleUri({ location, repository }: LifecycleSubject): vscode.Uri {
  return vscode.Uri.from({
    scheme: LIFECYCLE_SCHEME,
    path: `/${location.region}/${repository}${SUFFIX}`,
    query: registryKey(location),
  });
}

/** Tells whose lifecycle policy a document is. */
export function lifecycleSubject({ path, query }: vscode.Uri): LifecycleSubject {
  const [, , repository = ""] = /^\/([^/]*)\/(.*)$/.exec(path) ?? [];
  return {
    location: locationOfKey(query),
    repository: repository.endsWith(SUFFIX) ? repository.slice(0, -SUFFIX.length) : repository,
  };
}
