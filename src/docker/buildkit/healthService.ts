import { FieldWriter } from "./protoFields.js";
import type { SessionService } from "./sessionService.js";

/** `SERVING` of https://github.com/grpc/grpc/blob/master/src/proto/grpc/health/v1/health.proto */
const SERVING = 1;

/**
 * Answers BuildKit's question whether the session lives.
 *
 * BuildKit asks every second or every five, and drops a session that does not answer.
 * Source: https://github.com/moby/buildkit/blob/master/session/grpc.go
 */
export const healthService: SessionService = {
  methods: ["/grpc.health.v1.Health/Check"],
  handle: (call) => call.send(new FieldWriter().integer(1, SERVING).finish()),
};
