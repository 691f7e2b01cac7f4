import { isCancellation } from "../../core/errors.js";
import type { Finding } from "../../core/images/imageDetails/findings.js";
import { addPage } from "../../core/images/imageDetails/readSide.js";
import {
  type DetailsParts,
  type DetailsRegistry,
  type Outcome,
  type PlatformParts,
  readDetails,
  readPlatform,
} from "../../core/images/imageDetails/readDetails.js";
import { type DetailsState, entriesOf, type SectionId, valueOf } from "./detailsState.js";
import type { ImageSubject } from "./imageSubject.js";
import { platformsOf } from "./platformBlocks.js";

/** Who hears what a reading tells. */
export interface DetailsListener {
  /** The state is another one; these sections look otherwise. */
  readonly onChange: (...sections: readonly SectionId[]) => void;
  /** Further findings came, which the table takes without being drawn anew. */
  readonly onFindings: (findings: readonly Finding[]) => void;
  /** A part can't be read; the page shows the sentence, the log wants the causes. */
  readonly onFailure: (part: string, error: unknown) => void;
}

const NOTHING_READ: DetailsState = {
  isReading: true,
  isGone: false,
  showsValues: false,
  parts: {},
  platform: undefined,
  platformParts: {},
  isReadingFindings: false,
};

/** Reads the details of an image, again whenever that is asked for, and keeps how it stands. */
export class DetailsReading {
  #state = NOTHING_READ;
  #reading = new AbortController();
  #readingPlatform = new AbortController();
  #readAt = 0;

  constructor(
    private readonly subject: Pick<ImageSubject, "repository" | "digest">,
    private readonly openRegistry: () => Promise<DetailsRegistry>,
    private readonly listener: DetailsListener,
    private readonly now = () => Date.now(),
  ) {}

  get state(): DetailsState {
    return this.#state;
  }

  /** Reads everything anew; what was read before stays until then. */
  async refresh(): Promise<void> {
    this.#reading.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.#readAt = this.now();
    this.#change({ isReading: true, isGone: false });
    try {
      await this.#read(reading);
    } catch (error) {
      // A newer reading, or nobody who looks, ends this one.
      if (!isCancellation(error)) {
        // Without a registry there is no part to read.
        this.listener.onFailure("image", error);
        this.#change(
          { parts: { ...this.#state.parts, image: { state: "failed", error } } },
          "image",
        );
      }
    }
    if (this.#reading === reading) this.#change({ isReading: false });
  }

  /** Reads everything anew where the last reading began longer ago: others may have changed it. */
  async refreshIfOlder(ageMs: number): Promise<void> {
    if (this.now() - this.#readAt > ageMs) await this.refresh();
  }

  /** Reads another platform of the index. */
  async choosePlatform(digest: string): Promise<void> {
    await this.#readPlatform(await this.openRegistry(), digest);
  }

  /** Shows what may hold secrets, or hides it again. */
  toggleValues(): void {
    this.#change({ showsValues: !this.#state.showsValues }, "run", "layers");
  }

  /** Ends all reading. */
  stop(): void {
    this.#reading.abort();
    this.#readingPlatform.abort();
  }

  async #read(reading: AbortController): Promise<void> {
    const registry = await this.openRegistry();
    const { repository, digest } = this.subject;
    let held: (() => void)[] | undefined = [];
    const tell = <Id extends keyof DetailsParts>(
      id: Id,
      outcome: Outcome<DetailsParts[Id]>,
    ): void => {
      const take = (): void => {
        if (!reading.signal.aborted) this.#take(registry, id, outcome);
      };
      // Parts of an image that is gone are not worth to replace what was known of it.
      if (id !== "image" && held) {
        held.push(take);
        return;
      }
      take();
      if (this.#state.isGone) reading.abort();
      const waiting = held ?? [];
      held = undefined;
      for (const takeHeld of waiting) takeHeld();
    };
    await readDetails(registry, repository, digest, reading.signal, tell);
  }

  #take<Id extends keyof DetailsParts>(
    registry: DetailsRegistry,
    id: Id,
    outcome: Outcome<DetailsParts[Id]>,
  ): void {
    if (id === "image" && outcome.state === "known" && outcome.value === undefined) {
      this.#change({ isGone: true });
      return;
    }
    if (outcome.state === "failed") this.listener.onFailure(id, outcome.error);
    this.#change({ parts: { ...this.#state.parts, [id]: outcome } }, ...SECTIONS_OF[id]);
    if (id === "manifest") void this.#readPlatform(registry, this.#state.platform);
  }

  /** Reads one platform: the wanted one if the index has it, else its first. */
  async #readPlatform(registry: DetailsRegistry, wanted: string | undefined): Promise<void> {
    this.#readingPlatform.abort();
    const { signal } = (this.#readingPlatform = new AbortController());
    const { repository, digest } = this.subject;
    const platforms = platformsOf(entriesOf(this.#state)).map((entry) => entry.digest);
    const own = platforms.find((one) => one === wanted) ?? platforms[0] ?? digest;
    const before = own === this.#state.platform ? this.#state.platformParts : {};
    this.#change(
      { platform: own, platformParts: before, isReadingFindings: true },
      ...(["platforms", "run", "layers", "findings"] as const),
    );
    const manifest = own === digest ? valueOf(this.#state.parts.manifest) : undefined;
    let pages = 0;
    try {
      await readPlatform(registry, repository, own, manifest, signal, (id, outcome) => {
        if (signal.aborted) return;
        if (id === "findings") pages += 1;
        this.#takePlatformPart(id, outcome, pages);
      });
    } catch (error) {
      if (!isCancellation(error)) throw error;
      return;
    }
    this.#change({ isReadingFindings: false }, "findings");
  }

  /** `pages` counts those of findings, the first of which replaces what was read before. */
  #takePlatformPart<Id extends keyof PlatformParts>(
    id: Id,
    outcome: Outcome<PlatformParts[Id]>,
    pages: number,
  ): void {
    if (outcome.state === "failed") this.listener.onFailure(id, outcome.error);
    const before = this.#state.platformParts;
    if (id !== "findings") {
      this.#change({ platformParts: { ...before, [id]: outcome } }, "run", "layers");
      return;
    }
    const findings = outcome as Outcome<PlatformParts["findings"]>;
    const known = pages > 1 ? valueOf(before.findings) : undefined;
    if (!known || findings.state === "failed") {
      this.#change({ platformParts: { ...before, findings } }, "findings");
      return;
    }
    const value = addPage(known, findings.value);
    this.#change({ platformParts: { ...before, findings: { state: "known", value } } });
    this.listener.onFindings(findings.value.findings);
  }

  #change(news: Partial<DetailsState>, ...sections: readonly SectionId[]): void {
    this.#state = { ...this.#state, ...news };
    this.listener.onChange(...sections);
  }
}

/** The sections that a part stands in. */
const SECTIONS_OF: Readonly<Record<keyof DetailsParts, readonly SectionId[]>> = {
  image: ["image"],
  manifest: ["platforms", "referrers"],
  referrers: ["referrers"],
  expiry: ["lifecycle"],
};
