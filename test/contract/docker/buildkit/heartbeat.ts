import { randomUUID } from "node:crypto";
import { buildOf, collect, engineAt, makeFolder, patience } from "../engineUnderTest.js";

/** A step that lives until somebody stops it, and a way to see from outside whether it does. */
export class Heartbeat {
  readonly #mount = `--mount=type=cache,id=${randomUUID()},target=/beat`;

  constructor(private readonly host: string) {}

  /** Makes a build whose step writes the time again and again, and says `started` first. */
  makeFolder(): Promise<string> {
    const beat = "while true; do cat /proc/uptime > /beat/time; sleep 0.05; done";
    return makeFolder({
      Dockerfile: `FROM busybox:local\nRUN ${this.#mount} echo started; ${beat}\n`,
    });
  }

  /** Looks with a build of its own, through the cache that both steps mount. */
  async isBeating(): Promise<boolean> {
    const look = `echo ${randomUUID()}; a=$(cat /beat/time); sleep 0.4; test "$a" = "$(cat /beat/time)" && echo still || echo beating`;
    const folder = await makeFolder({
      Dockerfile: `FROM busybox:local\nRUN ${this.#mount} ${look}\n`,
    });
    const { events } = await collect(engineAt(this.host).build(buildOf(folder), patience));
    const lines = events.flatMap((event) => (event.type === "log" ? [event.text] : []));
    if (!lines.includes("still") && !lines.includes("beating")) throw new Error("nothing was seen");
    return lines.includes("beating");
  }
}
