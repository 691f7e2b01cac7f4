/** Why something is better not sent. */
export type FindingReason =
  | "environment-file"
  | "private-key"
  | "credentials"
  | "git-history"
  | "virtual-environment"
  | "packages";

/** Something in a context that is better not sent. */
export interface ContextFinding {
  /** The path inside the context, with slashes. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly why: FindingReason;
  readonly files: number;
  readonly bytes: number;
}

/** What a name lets one suspect. */
export interface Suspicion {
  readonly why: FindingReason;
  /** What the content says if it is so; undefined where the name says enough. */
  readonly isProof?: (content: string) => boolean;
}

/** Files beyond this hold no secret that names tell of; certificate bundles are bigger, keys never. */
export const MAX_SECRET_BYTES = 64 * 1024;

/** Files of settings that people commit as examples. */
const EXAMPLE = /\.(?:example|sample|template|tmpl|dist|defaults?|schema)$/i;

const holdsPrivateKey = (content: string): boolean => content.includes("PRIVATE KEY");

const FILES: readonly (readonly [RegExp, Suspicion])[] = [
  [/^\.env(?:\..+)?$|^.+\.env$/i, { why: "environment-file" }],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/, { why: "private-key" }],
  // Certificates are kept in files of this name as well, and they are for everybody.
  [/\.pem$/i, { why: "private-key", isProof: holdsPrivateKey }],
  [/\.key$/i, { why: "private-key", isProof: (content) => !content.includes("PUBLIC KEY") }],
  [/\.(?:p12|pfx|jks|keystore|ppk)$/i, { why: "private-key" }],
  [/^(?:credentials|\.git-credentials|\.pgpass|[._]netrc|\.dockercfg)$/, { why: "credentials" }],
  [/^(?:credentials|client_secret.*|service[-_]account.*)\.json$/i, { why: "credentials" }],
  // Both are kept in many projects for their other settings.
  [
    /^\.npmrc$/,
    { why: "credentials", isProof: (c) => /_(?:auth\w*|password)\s*=\s*[^\s$]/.test(c) },
  ],
  [/^\.pypirc$/, { why: "credentials", isProof: (c) => /^\s*password\s*[:=]/m.test(c) }],
];

const FOLDERS: Readonly<Record<string, FindingReason>> = {
  ".git": "git-history",
  ".venv": "virtual-environment",
  venv: "virtual-environment",
  ".env": "virtual-environment",
  node_modules: "packages",
  ".aws": "credentials",
  ".ssh": "private-key",
};

/** Tells what a folder's name lets one suspect. */
export function suspectFolder(path: string): FindingReason | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return Object.hasOwn(FOLDERS, name) ? FOLDERS[name] : undefined;
}

/** Tells what a file's name and size let one suspect; nothing is secret about an empty file. */
export function suspectFile(path: string, sizeBytes: number): Suspicion | undefined {
  if (sizeBytes === 0 || sizeBytes > MAX_SECRET_BYTES) return undefined;
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (EXAMPLE.test(name)) return undefined;
  if (/(?:^|\/)\.(?:docker\/config\.json|kube\/config)$/.test(path)) return { why: "credentials" };
  return FILES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Tells whether a finding may give a secret away, or breaks in the image; the rest is only big. */
export function isSerious({ why }: Pick<ContextFinding, "why">): boolean {
  return why !== "packages";
}
