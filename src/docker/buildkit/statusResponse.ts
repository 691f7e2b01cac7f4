import { bytes, integer, readMessage, text, timestamp } from "./protoFields.js";

/** A step of BuildKit's graph as one message tells it; later messages tell the same digest anew. */
export interface Vertex {
  readonly digest: string;
  /** What it does, in BuildKit's words: `[2/6] RUN make`, `[internal] load build context`. */
  readonly name: string;
  /** The digests of the steps that it needs. */
  readonly inputs: readonly string[];
  readonly isCached: boolean;
  /** Milliseconds since 1970; undefined before it starts. */
  readonly startedMs: number | undefined;
  readonly completedMs: number | undefined;
  /** Why it failed or was cancelled, empty otherwise. */
  readonly error: string;
}

/** How far one part of a step is, such as a layer that it pulls. */
export interface VertexStatus {
  readonly vertex: string;
  readonly id: string;
  readonly current: number;
  /** 0 while unknown. */
  readonly total: number;
  readonly startedMs: number | undefined;
  readonly completedMs: number | undefined;
}

/** A piece of what a step writes; it may be part of a line. */
export interface VertexLog {
  readonly vertex: string;
  /** Milliseconds since 1970. */
  readonly timeMs: number | undefined;
  /** 1 is standard output, 2 standard error. */
  readonly stream: number;
  readonly bytes: Uint8Array;
}

/** What BuildKit's checks have to say of the Dockerfile. */
export interface VertexWarning {
  readonly vertex: string;
  readonly short: string;
  readonly details: readonly string[];
  readonly url: string;
  /** Counts from 1; undefined where it tells no place. */
  readonly line: number | undefined;
  /** The last line of the place. */
  readonly endLine: number | undefined;
}

/** One message of the status stream. */
export interface StatusResponse {
  readonly vertices: readonly Vertex[];
  readonly statuses: readonly VertexStatus[];
  readonly logs: readonly VertexLog[];
  readonly warnings: readonly VertexWarning[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Decodes a `StatusResponse`.
 *
 * Numbers: https://github.com/moby/buildkit/blob/master/api/services/control/control.proto
 */
export function decodeStatusResponse(message: Uint8Array): StatusResponse {
  const vertices: Vertex[] = [];
  const statuses: VertexStatus[] = [];
  const logs: VertexLog[] = [];
  const warnings: VertexWarning[] = [];
  readMessage(message, {
    1: bytes((inner) => vertices.push(decodeVertex(inner))),
    2: bytes((inner) => statuses.push(decodeStatus(inner))),
    3: bytes((inner) => logs.push(decodeLog(inner))),
    4: bytes((inner) => warnings.push(decodeWarning(inner))),
  });
  return { vertices, statuses, logs, warnings };
}

function decodeVertex(message: Uint8Array): Vertex {
  const inputs: string[] = [];
  const vertex: Mutable<Vertex> = {
    digest: "",
    name: "",
    inputs,
    isCached: false,
    startedMs: undefined,
    completedMs: undefined,
    error: "",
  };
  readMessage(message, {
    1: text((is) => (vertex.digest = is)),
    2: text((is) => inputs.push(is)),
    3: text((is) => (vertex.name = is)),
    4: integer((is) => (vertex.isCached = is !== 0)),
    5: timestamp((is) => (vertex.startedMs = is)),
    6: timestamp((is) => (vertex.completedMs = is)),
    7: text((is) => (vertex.error = is)),
  });
  return vertex;
}

function decodeStatus(message: Uint8Array): VertexStatus {
  const status: Mutable<VertexStatus> = {
    vertex: "",
    id: "",
    current: 0,
    total: 0,
    startedMs: undefined,
    completedMs: undefined,
  };
  readMessage(message, {
    1: text((is) => (status.id = is)),
    2: text((is) => (status.vertex = is)),
    4: integer((is) => (status.current = is)),
    5: integer((is) => (status.total = is)),
    7: timestamp((is) => (status.startedMs = is)),
    8: timestamp((is) => (status.completedMs = is)),
  });
  return status;
}

function decodeLog(message: Uint8Array): VertexLog {
  const log: Mutable<VertexLog> = {
    vertex: "",
    timeMs: undefined,
    stream: 1,
    bytes: new Uint8Array(),
  };
  readMessage(message, {
    1: text((is) => (log.vertex = is)),
    2: timestamp((is) => (log.timeMs = is)),
    3: integer((is) => (log.stream = is)),
    4: bytes((is) => (log.bytes = is)),
  });
  return log;
}

function decodeWarning(message: Uint8Array): VertexWarning {
  const details: string[] = [];
  let range: LineRange | undefined;
  const warning: Mutable<VertexWarning> = {
    vertex: "",
    short: "",
    details,
    url: "",
    line: undefined,
    endLine: undefined,
  };
  readMessage(message, {
    1: text((is) => (warning.vertex = is)),
    3: text((is) => (warning.short = is)),
    4: text((is) => details.push(is)),
    5: text((is) => (warning.url = is)),
    7: bytes((inner) => (range ??= decodeRange(inner))),
  });
  return { ...warning, line: range?.start, endLine: range?.end ?? range?.start };
}

interface LineRange {
  readonly start: number | undefined;
  readonly end: number | undefined;
}

/** Reads `pb.Range`: https://github.com/moby/buildkit/blob/master/solver/pb/ops.proto */
function decodeRange(range: Uint8Array): LineRange {
  const lines: Mutable<LineRange> = { start: undefined, end: undefined };
  const position = (field: keyof LineRange): ReturnType<typeof bytes> =>
    bytes((inner) => {
      readMessage(inner, { 1: integer((is) => (lines[field] = is)) });
    });
  readMessage(range, { 1: position("start"), 2: position("end") });
  return lines;
}
