import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";
import type { DetailsRegistry } from "../../core/images/imageDetails/readDetails.js";
import type { RemedyActions } from "../failures/remedies.js";
import { Page } from "../pages/page.js";
import type { PageEvent } from "../pages/pageModel.js";
import {
  both,
  compareActions,
  COMPARE_SECTIONS,
  makeCompareHead,
  makeCompareSection,
} from "./compareModel.js";
import { valueOf } from "./detailsState.js";
import { CompareReading, type Pair } from "./compareState.js";
import { VALUES_ACTION } from "./configBlocks.js";
import { openLink } from "./detailsPage.js";
import { LINK_ACTION } from "./findingBlocks.js";
import { type ImageSubject, shortSubjectName } from "./imageSubject.js";
import { type ActionsOf, pressRemedy } from "./partBlocks.js";
import { PLATFORM_CHOICE } from "./platformBlocks.js";

/** What the page that compares works with. */
export interface ComparePageOptions {
  readonly extensionUri: vscode.Uri;
  readonly openRegistry: (subject: ImageSubject) => Promise<DetailsRegistry>;
  /** What the buttons of a failed part do; `again` reads everything anew. */
  readonly actionsOf: (failure: Failure, again: () => void) => RemedyActions;
  /** Compares the other way round. */
  readonly swap: () => void;
  /** Hears why a part can't be read. */
  readonly onFailure: (part: string, error: unknown) => void;
  readonly onClosed: () => void;
}

/** The page that compares two images. */
export class ComparePage implements vscode.Disposable {
  readonly #page: Page;
  readonly #reading: CompareReading;

  constructor(
    panel: vscode.WebviewPanel,
    private readonly subjects: Pair<ImageSubject>,
    private readonly options: ComparePageOptions,
  ) {
    const draw = (): void => {
      this.#draw();
    };
    const { openRegistry, onFailure } = options;
    this.#reading = new CompareReading(subjects, openRegistry, draw, onFailure);
    this.#page = new Page(panel, {
      extensionUri: options.extensionUri,
      title: pairTitle(subjects),
      onEvent: (event) => {
        this.#hear(event);
      },
      onClosed: () => {
        this.#reading.stop();
        options.onClosed();
      },
    });
    void this.#reading.refresh();
  }

  /** Brings the page to the front. */
  show(): void {
    this.#page.show();
  }

  dispose(): void {
    this.#page.dispose();
  }

  /** The subjects by the tags that they have now. */
  get #named(): Pair<ImageSubject> {
    const { sides } = this.#reading.state;
    const name = (index: 0 | 1): ImageSubject => {
      const image = valueOf(sides[index].image);
      return image ? { ...this.subjects[index], tags: image.tags } : this.subjects[index];
    };
    return [name(0), name(1)];
  }

  #draw(): void {
    const { state } = this.#reading;
    const subjects = this.#named;
    this.#page.rename(pairTitle(subjects));
    this.#page.send({ type: "head", head: makeCompareHead(subjects, state) });
    for (const id of COMPARE_SECTIONS) {
      const section = makeCompareSection(id, subjects, state, this.#actionsOf);
      this.#page.send({ type: "section", section });
    }
  }

  readonly #actionsOf: ActionsOf = (failure) =>
    this.options.actionsOf(failure, () => void this.#reading.refresh());

  #hear(event: PageEvent): void {
    if (event.type === "ready") {
      this.#page.send({ type: "keep", state: { subjects: this.subjects } });
      this.#draw();
    } else if (event.type === "choose") {
      if (event.id === PLATFORM_CHOICE) void this.#reading.refresh(event.value);
    } else this.#press(event.action);
  }

  #press(action: string): void {
    if (action === compareActions.refresh) void this.#reading.refresh();
    else if (action === compareActions.swap) this.options.swap();
    else if (action === VALUES_ACTION) this.#reading.toggleValues();
    else if (action.startsWith(LINK_ACTION)) openLink(action.slice(LINK_ACTION.length));
    else {
      const [first, second] = this.#reading.state.sides;
      const sides = both(first.side, second.side);
      const findings = both(first.findings, second.findings);
      const isOfSides = (part: string): boolean => part === "layers" || part === "config";
      pressRemedy(action, (part) => (isOfSides(part) ? sides : findings), this.#actionsOf);
    }
  }
}

function pairTitle(subjects: Pair<ImageSubject>): string {
  const [first = "", second = ""] = subjects.map(shortSubjectName);
  return vscode.l10n.t("{0} and {1}", first, second);
}
