import type { StoredLogin } from "../credentialHelper.js";
import { FieldWriter, readMessage, text } from "./protoFields.js";
import type { SessionService } from "./sessionService.js";
import { answerOnce } from "./unaryMethod.js";

/** Finds the login for exactly this host, such as `registry-1.docker.io`; undefined is anonymous. */
export type FindLogin = (host: string, signal: AbortSignal) => Promise<StoredLogin | undefined>;

/**
 * Gives BuildKit the login of the registry that it is about to ask, and of no other.
 *
 * BuildKit's own token exchange is not offered: without it BuildKit asks here and fetches tokens
 * itself. Source: https://github.com/moby/buildkit/blob/master/session/auth/auth.proto
 */
export function authService(findLogin: FindLogin): SessionService {
  return {
    methods: ["/moby.filesync.v1.Auth/Credentials"],
    handle: (call) =>
      answerOnce(call, async (message) => {
        let host = "";
        readMessage(message, { 1: text((is) => (host = is)) });
        const login = await findLogin(host, call.signal);
        const answer = new FieldWriter();
        return answer
          .text(1, login?.username ?? "")
          .text(2, login?.password ?? "")
          .finish();
      }),
  };
}
