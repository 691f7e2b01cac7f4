import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";
import { safeLink } from "../../core/images/imageDetails/findings.js";
import type { DetailsRegistry } from "../../core/images/imageDetails/readDetails.js";
import { type RegistryLocation, registryKey } from "../../core/registry.js";
import type { RemedyActions } from "../failures/remedies.js";
import { Page } from "../pages/page.js";
import type { PageEvent } from "../pages/pageModel.js";
import { VALUES_ACTION } from "./configBlocks.js";
import { headActions, makeHead, makeSection } from "./detailsModel.js";
import { DetailsReading } from "./detailsReading.js";
import { listSections, outcomeOf, type SectionId, valueOf } from "./detailsState.js";
import { FINDINGS_TABLE, findingRows, LINK_ACTION } from "./findingBlocks.js";
import { type ImageSubject, shortSubjectName } from "./imageSubject.js";
import { type ActionsOf, pressRemedy } from "./partBlocks.js";
import { PLATFORM_CHOICE } from "./platformBlocks.js";

/** What the page of an image works with. */
export interface DetailsPageOptions {
  readonly extensionUri: vscode.Uri;
  readonly openRegistry: () => Promise<DetailsRegistry>;
  /** What the buttons of a failed part do; `again` reads everything anew. */
  readonly actionsOf: (failure: Failure, again: () => void) => RemedyActions;
  readonly showManifest: (subject: ImageSubject) => void;
  readonly showConfig: (subject: ImageSubject) => void;
  readonly compare: (subject: ImageSubject) => void;
  /** Hears why a part can't be read. */
  readonly onFailure: (part: string, error: unknown) => void;
  readonly onClosed: () => void;
}

/** What was read longer ago than this is read anew when the page comes to the front. */
const OLD_WHEN_SHOWN_MS = 60_000;

/** The page of an image: each part appears when it is read, and degrades by itself. */
export class DetailsPage implements vscode.Disposable {
  readonly #page: Page;
  readonly #reading: DetailsReading;

  constructor(
    panel: vscode.WebviewPanel,
    private readonly subject: ImageSubject,
    private readonly options: DetailsPageOptions,
  ) {
    this.#reading = new DetailsReading(subject, options.openRegistry, {
      onChange: (...sections) => {
        this.#draw(sections);
      },
      onFindings: (findings) => {
        const rows = findingRows(findings);
        this.#page.send({ type: "rows", table: FINDINGS_TABLE, rows });
      },
      onFailure: options.onFailure,
    });
    this.#page = new Page(panel, {
      extensionUri: options.extensionUri,
      title: shortSubjectName(subject),
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

  /** Reads the image anew, if the last reading is longer ago than this. */
  refresh(olderThanMs = -1): void {
    void this.#reading.refreshIfOlder(olderThanMs);
  }

  /** Tells whether the image is of this repository. */
  isOf(location: RegistryLocation, repository: string): boolean {
    return (
      this.subject.repository === repository &&
      registryKey(this.subject.location) === registryKey(location)
    );
  }

  dispose(): void {
    this.#page.dispose();
  }

  /** The subject by the tags that it has now. */
  get #named(): ImageSubject {
    const image = valueOf(this.#reading.state.parts.image);
    return image ? { ...this.subject, tags: image.tags } : this.subject;
  }

  #draw(sections: readonly SectionId[]): void {
    const { state } = this.#reading;
    const subject = this.#named;
    this.#page.rename(shortSubjectName(subject));
    this.#page.send({ type: "head", head: makeHead(subject, state) });
    const shown = listSections(state);
    for (const id of sections.filter((one) => shown.includes(one))) {
      const section = makeSection(id, subject, state, this.#actionsOf);
      this.#page.send({ type: "section", section });
    }
  }

  readonly #actionsOf: ActionsOf = (failure) =>
    this.options.actionsOf(failure, () => void this.#reading.refresh());

  #hear(event: PageEvent): void {
    switch (event.type) {
      case "ready":
        this.#page.send({ type: "keep", state: { subject: this.subject } });
        this.#draw(listSections(this.#reading.state));
        // The page is made anew whenever it comes to the front again.
        this.refresh(OLD_WHEN_SHOWN_MS);
        break;
      case "choose":
        if (event.id === PLATFORM_CHOICE) void this.#reading.choosePlatform(event.value);
        break;
      case "press":
        this.#press(event.action);
        break;
    }
  }

  #press(action: string): void {
    const { state } = this.#reading;
    switch (action) {
      case headActions.refresh:
        void this.#reading.refresh();
        break;
      case headActions.copy:
        void this.#copy();
        break;
      case headActions.manifest:
        this.options.showManifest(this.#named);
        break;
      case headActions.config:
        this.options.showConfig({ ...this.#named, digest: state.platform ?? this.subject.digest });
        break;
      case headActions.compare:
        this.options.compare(this.#named);
        break;
      case VALUES_ACTION:
        this.#reading.toggleValues();
        break;
      default:
        if (action.startsWith(LINK_ACTION)) openLink(action.slice(LINK_ACTION.length));
        else pressRemedy(action, (part) => outcomeOf(state, part), this.#actionsOf);
    }
  }

  async #copy(): Promise<void> {
    const { repositoryUri, digest } = this.subject;
    const uri = `${repositoryUri}@${digest}`;
    await vscode.env.clipboard.writeText(uri);
    vscode.window.setStatusBarMessage(vscode.l10n.t("Copied {0}", uri), 3000);
  }
}

/** Opens an address that came back from a page, which is believed no more than the scan was. */
export function openLink(text: string): void {
  const link = safeLink(text);
  if (link !== undefined) void vscode.env.openExternal(vscode.Uri.parse(link, true));
}
