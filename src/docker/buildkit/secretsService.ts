import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import { FieldWriter, readMessage, text } from "./protoFields.js";
import type { SessionService } from "./sessionService.js";
import { answerOnce } from "./unaryMethod.js";

/** Reads the secret of an id, as late as a step needs it; undefined where there is none. */
export type FindSecret = (id: string) => Promise<Uint8Array | undefined>;

/**
 * Gives BuildKit the secrets of `RUN --mount=type=secret`, each when a step really runs.
 *
 * Source: https://github.com/moby/buildkit/blob/master/session/secrets/secrets.proto
 */
export function secretsService(findSecret: FindSecret): SessionService {
  return {
    methods: ["/moby.buildkit.secrets.v1.Secrets/GetSecret"],
    handle: (call) =>
      answerOnce(call, async (message) => {
        let id = "";
        readMessage(message, { 1: text((is) => (id = is)) });
        const secret = await findSecret(id);
        if (!secret) throw new GrpcError(GRPC.notFound, `the build was given no secret ${id}`);
        return new FieldWriter().bytes(1, secret).finish();
      }),
  };
}
