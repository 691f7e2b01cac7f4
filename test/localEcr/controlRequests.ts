import type { Denial } from "./faults.js";
import type { LoggedRequest } from "./requestLog.js";
import type { ScanReport, TagMutability } from "./records.js";
import type { RegistryKey } from "./store.js";

/** What each control request takes and answers with; the path is `/_control/` and the name. */
export interface ControlRequests {
  expireTokens: { takes: object; gives: object };
  denyAction: { takes: { readonly action: string } & Denial; gives: object };
  failOperation: { takes: OperationFailure; gives: object };
  failLayer: { takes: { nth: number; status: number; times: number }; gives: object };
  cutLayer: { takes: { nth: number; afterBytes: number; times: number }; gives: object };
  limitRate: { takes: { readonly bytesPerSecond: number }; gives: object };
  latency: { takes: { readonly ms: number }; gives: object };
  seed: { takes: Seed; gives: { readonly first: string; readonly last: string } };
  setScan: { takes: PlannedScan; gives: object };
  createOnPush: { takes: PushTemplate; gives: object };
  reset: { takes: object; gives: object };
  clear: { takes: object; gives: object };
  offline: { takes: { readonly isOffline: boolean }; gives: object };
  requests: { takes: object; gives: RequestsSeen };
  memory: { takes: object; gives: Memory };
}

/** The last requests, and how many of all since the log was cleared were under way at once. */
export interface RequestsSeen {
  readonly requests: readonly LoggedRequest[];
  readonly mostAtOnce: number;
}

/** An operation that gives another answer, by its API name, its IAM action, or `*` for the whole API. */
export interface OperationFailure {
  readonly operation: string;
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly times: number;
}

/** Repositories and images to make at once. */
export interface Seed extends Partial<RegistryKey> {
  readonly repositories: number;
  /** Images in each repository. */
  readonly images: number;
  /** The start of the names; a dash and a number of five digits follow. Default `seed`. */
  readonly prefix?: string;
}

/** What a scan of an image is to find. */
export interface PlannedScan extends Partial<RegistryKey> {
  readonly repository: string;
  readonly digest: string;
  readonly report: ScanReport;
}

/** Namespaces whose missing repositories a push creates; `ROOT` is all that no other covers. */
export interface PushTemplate extends Partial<RegistryKey> {
  readonly prefix: string;
  readonly tagMutability?: TagMutability;
}

/** How much memory the local ECR's process uses, in bytes. */
export interface Memory {
  readonly heapUsedBytes: number;
  /** Bytes of buffers, which are outside the heap. */
  readonly bufferBytes: number;
  readonly rssBytes: number;
}
