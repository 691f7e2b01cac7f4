import { HttpResponse } from "@smithy/core/protocols";

/** What was seen of a clock. */
interface SeenClock {
  skewMs: number | undefined;
}

/** Makes the part of a client that notes how far this machine is ahead of whoever answers. */
export function noteClock(clock: SeenClock) {
  return <Args, Result extends { readonly response: unknown }>(
      next: (args: Args) => Promise<Result>,
    ) =>
    async (args: Args): Promise<Result> => {
      const result = await next(args);
      clock.skewMs = skewOf(result.response, new Date()) ?? clock.skewMs;
      return result;
    };
}

/** Answers, refusals too, say when they were sent, to the second. */
function skewOf(response: unknown, now: Date): number | undefined {
  if (!HttpResponse.isInstance(response)) return undefined;
  const sentMs = Date.parse(response.headers["date"] ?? "");
  return Number.isNaN(sentMs) ? undefined : now.getTime() - sentMs;
}
