import type { ReviewContext } from "../../../../src/core/context/contextReview.js";
import { makeFindToken } from "../../../../src/core/login/findToken.js";
import type { PushEvent, PushedImage, PushPorts } from "../../../../src/core/push/pushImage.js";
import { pushImage } from "../../../../src/core/push/pushImage.js";
import type { PushRequest } from "../../../../src/core/push/pushRequest.js";
import { TokenKeeper } from "../../../../src/core/login/tokenKeeper.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";
import { stepSays } from "../../../fakes/buildSays.js";
import { ScriptedEngine } from "../../../fakes/scriptedEngine.js";

/** The Dockerfile that the rig's engine can build. */
export const DOCKERFILE = "/shop/api/Dockerfile";

/** What a push said, and how it ended. */
export interface PushOutcome {
  readonly events: readonly PushEvent[];
  readonly pushed: PushedImage | undefined;
  readonly error: unknown;
}

/** A registry, an engine and a token keeper in memory, for one test. */
export class PushRig {
  readonly registry = new InMemoryRegistry();
  readonly engine = new ScriptedEngine(this.registry);
  readonly tokens = new TokenKeeper(this.registry.now, (line) => this.log.push(line));
  readonly log: string[] = [];
  /** Milliseconds of each wait between two looks at ECR. */
  readonly pauses: number[] = [];
  /** What happens during such a wait. */
  onPause: () => void = () => undefined;
  /** How the user looks at what a build would send; undefined sends it unseen. */
  reviewContext: ReviewContext | undefined;
  /** Cancels the push. */
  readonly cancel = new AbortController();

  constructor() {
    this.engine.write(DOCKERFILE, {
      says: [
        stepSays("context", { name: "[internal] load build context" }),
        { type: "context", step: "context", sentBytes: 2048, files: 3 },
        stepSays("context", { name: "[internal] load build context", state: "done", to: 1 }),
        stepSays("1", { place: { index: 1, total: 2, text: "FROM scratch" }, state: "cached" }),
        stepSays("2", { place: { index: 2, total: 2, text: "COPY . /" }, from: 1 }),
        { type: "log", step: "2", text: "copied\n" },
        stepSays("2", { place: { index: 2, total: 2, text: "COPY . /" }, state: "done", to: 3 }),
      ],
      layers: ["base", "app"],
    });
  }

  get ports(): PushPorts {
    const { registry, engine, tokens } = this;
    const pause = (milliseconds: number, signal: AbortSignal): Promise<void> => {
      this.pauses.push(milliseconds);
      this.onPause();
      signal.throwIfAborted();
      return Promise.resolve();
    };
    const open = (): Promise<InMemoryRegistry> => Promise.resolve(registry);
    const findToken = makeFindToken({ open, tokens }, registry.location);
    const { reviewContext } = this;
    const review = reviewContext ? { reviewContext } : {};
    return { registry, engine, tokens, findToken, pause, ...review };
  }

  /** Runs a push to its end; `onEvent` hears each event before the push goes on. */
  async push(
    request: Partial<PushRequest> = {},
    onEvent: (event: PushEvent) => void = () => undefined,
  ): Promise<PushOutcome> {
    const events: PushEvent[] = [];
    const whole: PushRequest = { ...requestOf(), ...request };
    const stream = pushImage(this.ports, whole, this.cancel.signal);
    try {
      for (;;) {
        const next = await stream.next();
        if (next.done) return { events, pushed: next.value, error: undefined };
        events.push(next.value);
        onEvent(next.value);
      }
    } catch (error) {
      return { events, pushed: undefined, error };
    }
  }
}

/** Returns a request that pushes the rig's Dockerfile to `team/api:1.0`. */
export function requestOf(): PushRequest {
  return {
    source: { kind: "dockerfile", dockerfile: DOCKERFILE, context: "/shop/api" },
    repository: "team/api",
    tags: ["1.0"],
    platforms: [],
    compression: "gzip",
    create: undefined,
  };
}

/** Writes events as golden text, one a line. */
export function eventText(events: readonly PushEvent[]): string {
  return events.map((event) => `${eventLine(event)}\n`).join("");
}

function eventLine(event: PushEvent): string {
  if (event.type === "phase") return `# ${event.phase}`;
  const { type, ...rest } = event;
  return `${type} ${JSON.stringify(rest)}`;
}
