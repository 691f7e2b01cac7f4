import { GrpcError } from "./grpcError.js";
import { GRPC } from "./grpcStatus.js";
import type { SessionCall } from "./sessionService.js";

/** Answers a call of one message with one message. */
export async function answerOnce(
  call: SessionCall,
  answer: (message: Uint8Array) => Promise<Uint8Array>,
): Promise<void> {
  for await (const message of call.messages) {
    await call.send(await answer(message));
    return;
  }
  throw new GrpcError(GRPC.invalidArgument, `${call.path} came without a message`);
}
