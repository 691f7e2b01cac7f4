import { isCancellation } from "../../core/errors.js";
import type { FindingsPage } from "../../core/images/imageDetails/findings.js";
import type { DetailsRegistry, Outcome } from "../../core/images/imageDetails/readDetails.js";
import { readAllFindings, readSide, type Side } from "../../core/images/imageDetails/readSide.js";
import type { Image } from "../../core/registry.js";
import type { ImageSubject } from "./imageSubject.js";

/** What is known of one of two images. */
export interface SideState {
  readonly image?: Outcome<Image | undefined>;
  readonly side?: Outcome<Side>;
  readonly findings?: Outcome<FindingsPage>;
}

/** Two of something: of the first image, and of the second. */
export type Pair<T> = readonly [first: T, second: T];

/** How the comparison of two images stands. Replaced, never changed. */
export interface CompareState {
  readonly isReading: boolean;
  /** Whether values that may hold secrets were asked for. */
  readonly showsValues: boolean;
  /** The platform that both are compared for; undefined takes the first of each. */
  readonly platform: string | undefined;
  readonly sides: Pair<SideState>;
}

/** Reads two images, and keeps how far that is. */
export class CompareReading {
  #state: CompareState = {
    isReading: true,
    showsValues: false,
    platform: undefined,
    sides: [{}, {}],
  };
  #reading = new AbortController();

  /** `onChange` hears of each new state, `onFailure` why a part can't be read. */
  constructor(
    private readonly subjects: Pair<ImageSubject>,
    private readonly openRegistry: (subject: ImageSubject) => Promise<DetailsRegistry>,
    private readonly onChange: () => void,
    private readonly onFailure: (part: string, error: unknown) => void,
  ) {}

  get state(): CompareState {
    return this.#state;
  }

  /** Reads both images anew, for a platform that both may have. */
  async refresh(platform = this.#state.platform): Promise<void> {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#change({ isReading: true, platform, sides: [{}, {}] });
    try {
      await Promise.all([this.#read(0, platform, reading), this.#read(1, platform, reading)]);
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
    if (this.#reading === reading) this.#change({ isReading: false });
  }

  /** Shows what may hold secrets, or hides it again. */
  toggleValues(): void {
    this.#change({ showsValues: !this.#state.showsValues });
  }

  /** Ends all reading. */
  stop(): void {
    this.#reading.abort();
  }

  async #read(index: 0 | 1, platform: string | undefined, reading: AbortController): Promise<void> {
    const { signal } = reading;
    const subject = this.subjects[index];
    const { repository, digest } = subject;
    const tell = <Part extends keyof SideState>(part: Part, outcome: SideState[Part]): void => {
      if (signal.aborted) return;
      if (outcome?.state === "failed") this.onFailure(part, outcome.error);
      this.#changeSide(index, { [part]: outcome });
    };
    const registry = this.openRegistry(subject);
    const image = registry.then((one) => one.findImage(repository, { digest }, signal));
    const side = registry.then(({ contents }) =>
      readSide(contents, repository, digest, platform, signal),
    );
    const findings = side.then(async (one) =>
      readAllFindings((await registry).contents, repository, one.digest, signal),
    );
    await Promise.all([
      settle(image, (outcome) => {
        tell("image", outcome);
      }),
      settle(side, (outcome) => {
        tell("side", outcome);
      }),
      settle(findings, (outcome) => {
        tell("findings", outcome);
      }),
    ]);
  }

  #changeSide(index: 0 | 1, news: SideState): void {
    const [first, second] = this.#state.sides;
    const sides: Pair<SideState> =
      index === 0 ? [{ ...first, ...news }, second] : [first, { ...second, ...news }];
    this.#change({ sides });
  }

  #change(news: Partial<CompareState>): void {
    this.#state = { ...this.#state, ...news };
    this.onChange();
  }
}

async function settle<T>(work: Promise<T>, tell: (outcome: Outcome<T>) => void): Promise<void> {
  try {
    tell({ state: "known", value: await work });
  } catch (error) {
    if (isCancellation(error)) throw error;
    tell({ state: "failed", error });
  }
}
