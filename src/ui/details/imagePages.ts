import * as vscode from "vscode";
import type { Failure } from "../../core/errors.js";
import { asFields, asList } from "../../core/jsonFields.js";
import type { RegistryLocation } from "../../core/registry.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import { askImageNode, type AskNodePorts } from "../askNode.js";
import type { ErrorBoundary } from "../errorBoundary.js";
import { logFailure } from "../failureLog.js";
import { commonActions } from "../failures/offerRemedies.js";
import type { RemedyActions } from "../failures/remedies.js";
import { ComparePage } from "./comparePage.js";
import type { Pair } from "./compareState.js";
import { DetailsPage } from "./detailsPage.js";
import { type DocumentKind, ImageDocuments } from "./imageDocuments.js";
import { type ImageSubject, subjectKey, subjectOf, tryParseSubject } from "./imageSubject.js";

/** What the pages of images work with. */
export interface ImagePagesPorts extends AskNodePorts {
  readonly registries: OpenRegistries;
  readonly boundary: ErrorBoundary;
  readonly extension: Pick<vscode.Extension<unknown>, "extensionUri">;
  readonly log: vscode.LogOutputChannel;
}

/** The types by which VS Code brings pages back after a reload; package.json names them too. */
export type PageType = "ecr.image" | "ecr.comparison";

/** What was read longer ago than this is read anew when the window gets the focus. */
const OLD_WHEN_FOCUSED_MS = 5 * 60_000;

/** Opens the pages and documents of images, one for each image or pair. */
export class ImagePages implements vscode.Disposable {
  readonly #pages = new Map<string, DetailsPage | ComparePage>();
  readonly #documents: ImageDocuments;
  readonly #listener: vscode.Disposable;

  constructor(private readonly ports: ImagePagesPorts) {
    this.#documents = new ImageDocuments(ports.registries);
    this.#listener = vscode.window.onDidChangeWindowState(({ focused }) => {
      if (!focused) return;
      for (const page of this.#details()) page.refresh(OLD_WHEN_FOCUSED_MS);
    });
  }

  /** Reads the images of a repository anew, as this window has changed something in it. */
  refreshRepository(location: RegistryLocation, repository: string): void {
    for (const page of this.#details()) if (page.isOf(location, repository)) page.refresh();
  }

  /** Shows the details of an image. */
  showDetails(subject: ImageSubject): void {
    const known = this.#pages.get(subjectKey(subject));
    if (known) known.show();
    else this.#openDetails(openPanel("ecr.image"), subject);
  }

  /** Compares two images. */
  compare(subjects: Pair<ImageSubject>): void {
    const known = this.#pages.get(pairKey(subjects));
    if (known) known.show();
    else this.#openComparison(openPanel("ecr.comparison"), subjects);
  }

  /** Shows a manifest or config as a document. */
  showDocument(kind: DocumentKind, subject: ImageSubject): Promise<void> {
    return this.#documents.show(kind, subject);
  }

  /** Brings a page back after a reload; one that makes no sense is closed. */
  restore(type: PageType, panel: vscode.WebviewPanel, kept: unknown): void {
    const fields = asFields(kept);
    if (type === "ecr.image") {
      const subject = tryParseSubject(fields?.["subject"]);
      if (subject) this.#openDetails(panel, subject);
      else panel.dispose();
      return;
    }
    const [first, second] = asList(fields?.["subjects"]).map(tryParseSubject);
    if (first && second) this.#openComparison(panel, [first, second]);
    else panel.dispose();
  }

  dispose(): void {
    this.#listener.dispose();
    this.#documents.dispose();
    for (const page of this.#pages.values()) page.dispose();
  }

  #details(): readonly DetailsPage[] {
    return [...this.#pages.values()].filter((page) => page instanceof DetailsPage);
  }

  #openDetails(panel: vscode.WebviewPanel, subject: ImageSubject): void {
    const key = subjectKey(subject);
    const { boundary, extension, registries } = this.ports;
    const show = (kind: DocumentKind) => (of: ImageSubject) => {
      const work = (): Promise<void> => this.showDocument(kind, of);
      void boundary.run(vscode.l10n.t("Show Document"), work);
    };
    const page = new DetailsPage(panel, subject, {
      extensionUri: extension.extensionUri,
      openRegistry: () => registries.open(subject.location),
      actionsOf: (failure, again) => this.#actionsOf(failure, again),
      showManifest: show("manifest"),
      showConfig: show("config"),
      compare: (of) => {
        const title = vscode.l10n.t("Compare Images");
        void boundary.run(title, () => this.#askAndCompare(title, of));
      },
      onFailure: this.#logFailure,
      onClosed: () => this.#pages.delete(key),
    });
    this.#pages.set(key, page);
  }

  #openComparison(panel: vscode.WebviewPanel, subjects: Pair<ImageSubject>): void {
    const key = pairKey(subjects);
    const { extension, registries } = this.ports;
    const page = new ComparePage(panel, subjects, {
      extensionUri: extension.extensionUri,
      openRegistry: (subject) => registries.open(subject.location),
      actionsOf: (failure, again) => this.#actionsOf(failure, again),
      swap: () => {
        this.compare([subjects[1], subjects[0]]);
      },
      onFailure: this.#logFailure,
      onClosed: () => this.#pages.delete(key),
    });
    this.#pages.set(key, page);
  }

  readonly #logFailure = (part: string, error: unknown): void => {
    logFailure(this.ports.log, `image page, ${part}`, error);
  };

  async #askAndCompare(title: string, first: ImageSubject): Promise<void> {
    const other = await askImageNode(this.ports, title);
    if (other) this.compare([first, subjectOf(other)]);
  }

  /** The page has a button to try again, as a notification has not. */
  #actionsOf(failure: Failure, again: () => void): RemedyActions {
    return {
      ...commonActions(failure, again),
      ...this.ports.boundary.signInAction(failure, again),
      retry: again,
    };
  }
}

function openPanel(type: PageType): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(type, "", vscode.ViewColumn.Active);
}

function pairKey(subjects: Pair<ImageSubject>): string {
  return subjects.map(subjectKey).join("\n");
}
