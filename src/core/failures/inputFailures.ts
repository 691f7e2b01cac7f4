/** What can be wrong with what people type, set or choose. */
export interface InputFailures {
  /** A name, tag, region, profile or setting is not valid; `reason` is a sentence fragment. */
  "invalid-input": { field: InputField; value: string; reason: string };
  /** The action builds or writes, and nobody has said yet that the workspace is to be trusted. */
  "workspace-untrusted": { action: string };
}

/** The kinds of input that are validated before any work starts. */
export type InputField =
  | "repository"
  | "tag"
  | "digest"
  | "reference"
  | "region"
  | "profile"
  | "endpoint"
  | "platform"
  | "build-argument"
  | "label"
  | "host"
  | "context"
  | "cache"
  | "tag-pattern"
  | "kms-key"
  | "resource-tag";
