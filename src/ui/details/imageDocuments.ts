import * as vscode from "vscode";
import { EcrError } from "../../core/errors.js";
import type { ManifestEntry } from "../../core/images/manifest.js";
import { parseImageManifest } from "../../core/images/imageDetails/imageManifest.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import { prettyJson } from "../../core/prettyJson.js";
import { tryParseJson, asFields } from "../../core/jsonFields.js";
import { withCancellableProgress } from "../cancellableProgress.js";
import { platformLabel, platformsOf } from "./platformBlocks.js";
import { type ImageSubject, shortSubjectName, tryParseSubject } from "./imageSubject.js";

/** The scheme of the documents. */
const SCHEME = "ecr-image";

/** What there is to read of an image as JSON. */
export type DocumentKind = "manifest" | "config";

/** The manifests and configs of images as read-only documents. */
export class ImageDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #registration: vscode.Disposable;
  /** What was just read, for the editor that is about to ask for it. */
  readonly #texts = new Map<string, string>();

  constructor(private readonly registries: OpenRegistries) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  /** Reads a document and shows it; fails as reading does, and before an editor is open. */
  async show(kind: DocumentKind, of: ImageSubject): Promise<void> {
    const read = await withCancellableProgress(readingTitle(of), (_, signal) =>
      this.#read(kind, of, signal),
    );
    const subject = typeof read === "string" ? of : await askPlatform(of, read);
    if (!subject) return;
    const text = typeof read === "string" ? read : await this.#readPlatform(subject);
    const uri = documentUri(kind, subject);
    this.#texts.set(uri.toString(), text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async provideTextDocumentContent(
    uri: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<string | undefined> {
    const key = uri.toString();
    const text = this.#texts.get(key);
    this.#texts.delete(key);
    if (text !== undefined) return text;
    const fields = asFields(tryParseJson(uri.query));
    const subject = tryParseSubject(fields?.["subject"]);
    if (!subject) return undefined;
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    const kind = fields?.["kind"] === "config" ? "config" : "manifest";
    const read = await this.#read(kind, subject, stop.signal);
    return typeof read === "string" ? read : undefined;
  }

  dispose(): void {
    this.#registration.dispose();
  }

  async #readPlatform(subject: ImageSubject): Promise<string> {
    const read = await withCancellableProgress(readingTitle(subject), (_, signal) =>
      this.#read("config", subject, signal),
    );
    return typeof read === "string" ? read : "";
  }

  /** Reads a document; of an index, which has no config, the platforms that have. */
  async #read(
    kind: DocumentKind,
    subject: ImageSubject,
    signal: AbortSignal,
  ): Promise<string | readonly ManifestEntry[]> {
    const { repository, digest } = subject;
    const { contents } = await this.registries.open(subject.location);
    const found = await contents.readManifestText(repository, digest, signal);
    const reference = `${repository}@${digest}`;
    if (!found) throw new EcrError({ kind: "image-not-found", reference });
    if (kind === "manifest") return prettyJson(found.text);
    const manifest = parseImageManifest(found.text);
    const platforms = platformsOf(manifest?.entries ?? []);
    if (platforms.length > 0) return platforms;
    const { config } = manifest ?? {};
    if (!config) throw new EcrError({ kind: "config-unusable", digest, fault: "none" });
    return prettyJson(await contents.readConfigText(repository, config.digest, signal));
  }
}

/** Configs are of one platform: of an index, somebody has to choose. */
async function askPlatform(
  subject: ImageSubject,
  platforms: readonly ManifestEntry[],
): Promise<ImageSubject | undefined> {
  const items = platforms.map((entry) => ({ label: platformLabel(entry), digest: entry.digest }));
  const placeHolder = vscode.l10n.t("Platform");
  const chosen =
    items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder });
  return chosen && { ...subject, digest: chosen.digest };
}

function readingTitle(subject: ImageSubject): string {
  return vscode.l10n.t("Reading {0}", shortSubjectName(subject));
}

/** The path names the tab; the query says what to read. */
function documentUri(kind: DocumentKind, subject: ImageSubject): vscode.Uri {
  const name = shortSubjectName(subject).replace(/[^\w.-]+/g, "-");
  const { location, repository, repositoryUri, digest } = subject;
  const query = JSON.stringify({ kind, subject: { location, repository, repositoryUri, digest } });
  return vscode.Uri.from({ scheme: SCHEME, path: `/${name}.${kind}.json`, query });
}
