import type { StepEvent, StepPlace, StepState } from "../../src/core/build/buildEvents.js";

/** The instant of a test's build that is `seconds` after its begin. */
export function after(seconds: number): Date {
  return new Date(Date.UTC(2026, 0, 2, 3, 4, 5) + seconds * 1000);
}

/** What a build says of a step; times are seconds after its begin. */
export function stepSays(
  id: string,
  says: {
    readonly name?: string;
    readonly place?: Partial<StepPlace>;
    readonly state?: StepState;
    readonly from?: number;
    readonly to?: number;
    readonly error?: string;
  } = {},
): StepEvent {
  const { place, state = "running", from = 0, to, error } = says;
  const whole = place && { stageIndex: 0, index: 1, total: 1, text: "RUN make", ...place };
  const own = whole && `[${whole.index}/${whole.total}] ${whole.text}`;
  return {
    type: "step",
    id,
    name: says.name ?? own ?? id,
    ...(whole && { place: whole }),
    state,
    ...(state !== "waiting" && { startedAt: after(from) }),
    ...(to !== undefined && { endedAt: after(to) }),
    ...(error !== undefined && { error }),
  };
}
