import { FieldWriter } from "../../../../src/docker/buildkit/protoFields.js";

/** What a test says of a step of BuildKit's graph; times are seconds. */
export interface VertexSays {
  readonly digest: string;
  readonly name?: string;
  readonly started?: number;
  readonly completed?: number;
  readonly cached?: boolean;
  readonly error?: string;
}

/** What a test says in one message of the status stream. */
export interface StatusSays {
  readonly vertices?: readonly VertexSays[];
  readonly logs?: readonly { readonly vertex: string; readonly text: string }[];
  readonly statuses?: readonly {
    readonly vertex: string;
    readonly id: string;
    readonly current: number;
    readonly total?: number;
    readonly started?: number;
    readonly completed?: number;
  }[];
  readonly warnings?: readonly {
    readonly short: string;
    readonly details?: readonly string[];
    readonly url?: string;
    readonly line?: number;
    readonly endLine?: number;
  }[];
}

/** Encodes a `StatusResponse`, as BuildKit does. */
export function encodeStatus(says: StatusSays): Uint8Array {
  const { vertices = [], statuses = [], logs = [], warnings = [] } = says;
  const writer = new FieldWriter();
  for (const { digest, name = "", started, completed, cached, error = "" } of vertices) {
    writer.message(1, (vertex) => {
      vertex.text(1, digest).text(2, "sha256:input").text(3, name);
      vertex.integer(4, cached ? 1 : 0);
      if (started !== undefined) vertex.message(5, (time) => time.integer(1, started));
      if (completed !== undefined) vertex.message(6, (time) => time.integer(1, completed));
      vertex.text(7, error);
    });
  }
  for (const { vertex, id, current, total = 0, started, completed } of statuses) {
    writer.message(2, (status) => {
      status.text(1, id).text(2, vertex).integer(4, current).integer(5, total);
      if (started !== undefined) status.message(7, (time) => time.integer(1, started));
      if (completed !== undefined) status.message(8, (time) => time.integer(1, completed));
    });
  }
  for (const { vertex, text } of logs) {
    writer.message(3, (log) => log.text(1, vertex).integer(3, 2).bytes(4, Buffer.from(text)));
  }
  for (const { short, details = [], url = "", line, endLine = line } of warnings) {
    writer.message(4, (warning) => {
      warning.text(1, "v").bytes(3, Buffer.from(short));
      for (const detail of details) warning.text(4, detail);
      warning.text(5, url);
      if (line === undefined || endLine === undefined) return;
      warning.message(7, (range) => {
        range.message(1, (position) => position.integer(1, line));
        range.message(2, (position) => position.integer(1, endLine));
      });
    });
  }
  return writer.finish();
}
