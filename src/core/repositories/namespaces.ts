/** Something with a name whose parts are separated by slashes, such as a repository. */
export interface Named {
  readonly name: string;
}

/** A namespace: what all names below it begin with, and everything that has such a name. */
export interface Namespace<T extends Named> {
  /** The names' common beginning, without a slash at its end: `team/web`. */
  readonly path: string;
  /** Everything below it, at any depth, in the order in which it was given. */
  readonly members: readonly T[];
}

/** What stands directly in one namespace. */
export interface NamespaceLevel<T extends Named> {
  /** In the order in which their first members were given. */
  readonly namespaces: readonly Namespace<T>[];
  readonly members: readonly T[];
}

/** Splits what has names below `path` by the next part of its name; an empty path is the top. */
export function groupByNamespace<T extends Named>(
  members: readonly T[],
  path = "",
): NamespaceLevel<T> {
  const start = path === "" ? 0 : path.length + 1;
  const namespaces = new Map<string, T[]>();
  const own: T[] = [];
  for (const member of members) {
    const slash = member.name.indexOf("/", start);
    if (slash < 0) {
      own.push(member);
      continue;
    }
    const key = member.name.slice(0, slash);
    const known = namespaces.get(key);
    if (known) known.push(member);
    else namespaces.set(key, [member]);
  }
  const found = [...namespaces].map(([key, all]) => ({ path: key, members: all }));
  return { namespaces: found, members: own };
}

/** Names a namespace within the one that holds it: the last part of its path. */
export function namespaceLabel(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Returns the namespace that holds a name or another namespace; undefined at the top. */
export function parentNamespace(name: string): string | undefined {
  const slash = name.lastIndexOf("/");
  return slash < 0 ? undefined : name.slice(0, slash);
}
