import { invalidParameter, repositoryNotFound } from "./awsError.js";
import type { Context } from "./context.js";
import type { ImageTable } from "./imageTable.js";
import type { Input } from "./input.js";
import type { RepositoryRecord } from "./records.js";
import { brokenNameRule } from "./repositoryName.js";
import type { RegistryKey } from "./store.js";

/** One call of an operation: its arguments and its caller's registry. */
export interface Call {
  readonly input: Input;
  readonly key: RegistryKey;
  readonly context: Context;
}

/** What an operation answers with; undefined fields are left out. */
export type Operation = (call: Call) => object;

/** A repository that a call names, and the registry that holds it. */
export interface OpenRepository {
  readonly key: RegistryKey;
  readonly repository: RepositoryRecord;
  readonly images: ImageTable;
}

/** Returns the registry that a call is about: the caller's own unless `registryId` says other. */
export function targetRegistry({ input, key }: Call): RegistryKey {
  const account = input.optionalString("registryId");
  if (account === undefined) return key;
  if (!/^\d{12}$/.test(account)) {
    throw invalidParameter("registryId", "must satisfy regular expression '[0-9]{12}'");
  }
  return { account, region: key.region };
}

/** Returns the valid repository name of a call. */
export function repositoryNameOf({ input }: Call): string {
  const name = input.string("repositoryName");
  const broken = brokenNameRule(name);
  if (broken !== undefined) throw invalidParameter("repositoryName", broken);
  return name;
}

/** Returns the repository that a call names, or throws RepositoryNotFoundException. */
export function openRepository(call: Call): OpenRepository {
  return findRepository(call.context, targetRegistry(call), repositoryNameOf(call));
}

/** Returns a repository by name, or throws RepositoryNotFoundException. */
export function findRepository(context: Context, key: RegistryKey, name: string): OpenRepository {
  const repository = context.store.registry(key).find(name);
  if (!repository) throw repositoryNotFound(name, key.account);
  return { key, repository, images: context.store.images(key, repository) };
}
