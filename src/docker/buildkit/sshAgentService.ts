import type { Socket } from "node:net";
import { encodeBytesMessages, decodeBytesMessages } from "./bytesMessage.js";
import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import { cutMessages } from "./messageCutter.js";
import { readMessage, text } from "./protoFields.js";
import type { SessionCall, SessionService } from "./sessionService.js";
import { connectSshAgent } from "./sshAgentSocket.js";
import { answerOnce } from "./unaryMethod.js";

const SERVICE = "/moby.sshforward.v1.SSH/";
const DEFAULT_ID = "default";

/** Messages of agents: https://datatracker.ietf.org/doc/html/draft-miller-ssh-agent#section-5.1 */
const FAILURE = Buffer.from([0, 0, 0, 1, 5]);
/** To list keys and to sign with one: all that a step may do with an agent that is not its own. */
const ALLOWED: ReadonlySet<number | undefined> = new Set([11, 13]);
const LENGTH_BYTES = 4;
/** As OpenSSH has it: https://github.com/openssh/openssh-portable/blob/master/authfd.c */
const MAX_MESSAGE_BYTES = 256 * 1024;

/**
 * Lends SSH agents to the steps with `RUN --mount=type=ssh`; `agents` has their sockets by id.
 *
 * A step may list the keys and sign with them. It can't add, remove or lock keys: what an agent
 * holds is the user's, and a Dockerfile is often somebody else's. Each question is answered before
 * the next is read, so that neither side can flood the other.
 * Source: https://github.com/moby/buildkit/blob/master/session/sshforward/ssh.proto
 */
export function sshAgentService(agents: ReadonlyMap<string, string>): SessionService {
  const pathOf = (id: string): string => {
    const path = agents.get(id || DEFAULT_ID);
    if (path !== undefined) return path;
    throw new GrpcError(GRPC.notFound, `the build was given no SSH agent ${id || DEFAULT_ID}`);
  };
  const check = (call: SessionCall): Promise<void> =>
    answerOnce(call, async (message) => {
      let id = "";
      readMessage(message, { 1: text((is) => (id = is)) });
      (await connectSshAgent(pathOf(id), call.signal)).destroy();
      return new Uint8Array(0);
    });
  return {
    methods: [`${SERVICE}CheckAgent`, `${SERVICE}ForwardAgent`],
    handle: (call) =>
      call.path === `${SERVICE}CheckAgent`
        ? check(call)
        : forward(call, pathOf(call.metadata.values("buildkit.ssh.id")[0] ?? "")),
  };
}

async function forward(call: SessionCall, path: string): Promise<void> {
  const agent = await connectSshAgent(path, call.signal);
  const stop = (): void => {
    agent.destroy();
  };
  call.signal.addEventListener("abort", stop, { once: true });
  try {
    const answers = cut(agent, "the SSH agent");
    for await (const question of cut(decodeBytesMessages(call.messages), "the build step")) {
      const isAllowed = ALLOWED.has(question[LENGTH_BYTES]);
      const answer = isAllowed ? await ask(agent, question, answers) : FAILURE;
      for (const piece of encodeBytesMessages(answer)) await call.send(piece);
    }
  } finally {
    call.signal.removeEventListener("abort", stop);
    agent.destroy();
  }
}

async function ask(
  agent: Socket,
  question: Buffer,
  answers: AsyncGenerator<Buffer, void, void>,
): Promise<Buffer> {
  agent.write(question);
  const { value: answer } = await answers.next();
  if (!answer) throw new GrpcError(GRPC.unavailable, "the SSH agent closed the connection");
  return answer;
}

function cut(source: AsyncIterable<Uint8Array>, who: string): AsyncGenerator<Buffer, void, void> {
  const lengthOf = (head: Buffer): number => {
    const length = head.readUInt32BE(0);
    if (length > 0 && length <= MAX_MESSAGE_BYTES) return LENGTH_BYTES + length;
    throw new GrpcError(GRPC.invalidArgument, `${who} sent a message of ${length} bytes`);
  };
  const broken = (): Error =>
    new GrpcError(GRPC.invalidArgument, `${who} broke off inside a message`);
  return cutMessages(source, LENGTH_BYTES, lengthOf, broken);
}
