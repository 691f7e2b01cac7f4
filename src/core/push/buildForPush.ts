import { type LocalName, noteNames, releaseMoved } from "../images/localNames.js";
import type {
  BuildEvent,
  BuildRequest,
  BuiltImage,
  DirectPush,
  EngineDescription,
  ImageEngine,
} from "../enginePorts.js";
import type { PushTarget } from "./pushTarget.js";
import { renewRefused } from "../login/renewRefused.js";

/** What came of a build that is for a push. */
export interface BuiltForPush extends BuiltImage {
  /** The digest that the build pushed; undefined where the engine has yet to push. */
  readonly digest: string | undefined;
}

type Event = BuildEvent | { readonly type: "phase"; readonly phase: "build" | "push" };

/**
 * Builds an image for a push, and lets the build push it where the engine can do that.
 *
 * `names` gets what it takes to undo what such a build does to the engine's names. A registry that
 * refuses the build's push is not the end: the engine's own push then says why.
 */
export async function* buildForPush(
  engine: ImageEngine,
  description: EngineDescription,
  request: BuildRequest,
  target: PushTarget,
  names: LocalName[],
  signal: AbortSignal,
): AsyncGenerator<Event, BuiltForPush, void> {
  yield { type: "phase", phase: "build" };
  const { reasonAgainstDirectPush: reason } = description;
  if (reason !== undefined) {
    yield { type: "log", text: `the engine builds, then pushes with gzip: ${reason}` };
    const build = (whole: BuildRequest) => engine.build(whole, signal);
    const { imageId } = yield* renewRefused(request, build, signal);
    return { imageId, digest: undefined };
  }
  const { references, compression } = target;
  yield {
    type: "log",
    text: `the engine builds and pushes in one with ${compression}: it keeps images in containerd`,
  };
  await noteNames(engine, references, names, signal);
  const build = (whole: BuildRequest) => engine.buildAndPush(whole, target, signal);
  const { imageId, push } = yield* withPhases(renewRefused(request, build, signal));
  await releaseMoved(engine, imageId, names, signal);
  if ("digest" in push) return { imageId, digest: push.digest };
  yield { type: "log", text: `the engine pushes what the build could not: ${push.reason}` };
  return { imageId, digest: undefined };
}

/** Says that the push has begun when the build does so. */
async function* withPhases(
  events: AsyncGenerator<BuildEvent, DirectPush, void>,
): AsyncGenerator<Event, DirectPush, void> {
  const end: { result?: DirectPush } = {};
  // Delegation, and not a loop over next(), ends the build when nobody listens any more.
  const told = (async function* (): AsyncGenerator<BuildEvent, void, void> {
    end.result = yield* events;
  })();
  let isPushing = false;
  for await (const event of told) {
    if (event.type === "pushing" && !isPushing) {
      isPushing = true;
      yield { type: "phase", phase: "push" };
    }
    yield event;
  }
  if (!end.result) throw new Error("the build ended without a result");
  return end.result;
}
