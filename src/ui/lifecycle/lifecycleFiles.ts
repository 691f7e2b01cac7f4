import * as vscode from "vscode";
import { asEcrError, EcrError, isCancellation } from "../../core/errors.js";
import { isSamePolicy } from "../../core/repositories/lifecycle/isSamePolicy.js";
import { STARTER_POLICY } from "../../core/repositories/lifecycle/starterPolicy.js";
import type { OpenRegistries } from "../../core/openRegistries.js";
import type { ErrorBoundary } from "../errorBoundary.js";
import { explain } from "../failures/explain.js";
import { LIFECYCLE_SCHEME, lifecycleSubject } from "./lifecycleUri.js";
import { showPolicyProblems } from "./policyDiagnostics.js";
import { savePolicy } from "./savePolicy.js";

/** What lifecycle policies as documents need. */
export interface LifecycleFilesPorts {
  readonly registries: OpenRegistries;
  readonly boundary: ErrorBoundary;
}

/** A policy that somebody has open. */
interface OpenPolicy {
  /** What AWS had when it was read last; undefined for none. */
  readonly base: string | undefined;
  /** What the document holds, as far as it was saved. */
  readonly text: string;
  readonly changedMs: number;
}

/** Reads lifecycle policies as documents, and puts them when somebody saves. */
export class LifecycleFiles implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #open = new Map<string, Promise<OpenPolicy>>();
  /** The documents that somebody saves by hand, from the wish to the write. */
  readonly #savedByHand = new Set<string>();
  readonly #listeners: readonly { dispose(): unknown }[];
  readonly onDidChange = this.#changed.event;

  constructor(private readonly ports: LifecycleFilesPorts) {
    this.#listeners = [
      this.#changed,
      showPolicyProblems(),
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        const { uri } = document;
        if (uri.scheme !== LIFECYCLE_SCHEME) return;
        if (reason === vscode.TextDocumentSaveReason.Manual) this.#savedByHand.add(String(uri));
        else this.#savedByHand.delete(String(uri));
      }),
    ];
  }

  /** Reads the policy anew, unless the document holds what was not put yet. */
  async refresh(uri: vscode.Uri): Promise<void> {
    const known = await this.#open.get(String(uri))?.catch(() => undefined);
    if (known && !isSamePolicy(known.text, shownText(known.base))) return;
    this.#open.delete(String(uri));
    this.#changed.fire(uri);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { text, changedMs } = await this.#load(uri);
    const size = new TextEncoder().encode(text).length;
    return { type: vscode.FileType.File, ctime: 0, mtime: changedMs, size };
  }

  async read(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode((await this.#load(uri)).text);
  }

  /**
   * Puts the policy, once somebody who saved by hand has seen what it would do. What VS Code saves by
   * itself is kept in this window alone.
   */
  async write(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const text = new TextDecoder().decode(content);
    const { base } = await this.#load(uri);
    if (!this.#savedByHand.delete(String(uri))) {
      this.#keep(uri, { base, text, changedMs: Date.now() });
      return;
    }
    const subject = lifecycleSubject(uri);
    try {
      const registry = await this.ports.registries.open(subject.location);
      const put = await savePolicy(registry, subject, text, base);
      this.#keep(uri, { base: put, text, changedMs: Date.now() });
      // Deleting leaves an empty document; what stands there then is the policy to begin with.
      if (put === undefined) void this.refresh(uri);
    } catch (error) {
      throw this.#refuse(error);
    }
  }

  dispose(): void {
    for (const listener of this.#listeners) listener.dispose();
  }

  #keep(uri: vscode.Uri, policy: OpenPolicy): void {
    this.#open.set(String(uri), Promise.resolve(policy));
  }

  #load(uri: vscode.Uri): Promise<OpenPolicy> {
    const known = this.#open.get(String(uri));
    if (known) return known;
    const loading = this.#readPolicy(uri).catch((error: unknown) => {
      this.#open.delete(String(uri));
      throw this.#refuse(error);
    });
    this.#open.set(String(uri), loading);
    return loading;
  }

  async #readPolicy(uri: vscode.Uri): Promise<OpenPolicy> {
    const { location, repository } = lifecycleSubject(uri);
    const { rules } = await this.ports.registries.open(location);
    const base = await rules.readLifecyclePolicy(repository, AbortSignal.timeout(60_000));
    return { base, text: shownText(base), changedMs: Date.now() };
  }

  /** VS Code shows what a file system throws; the buttons that mend it stand on a message of ours. */
  #refuse(error: unknown): vscode.FileSystemError {
    const { t } = vscode.l10n;
    if (isCancellation(error)) {
      return vscode.FileSystemError.Unavailable(t("The policy on AWS is as it was."));
    }
    const known = asEcrError(error);
    if (!(known instanceof EcrError)) return vscode.FileSystemError.Unavailable(known.message);
    const { message, remedies } = explain(known.failure);
    if (remedies.some((remedy) => remedy !== "retry")) {
      this.ports.boundary.show(t("Lifecycle Policy"), error);
    }
    return vscode.FileSystemError.Unavailable(message);
  }
}

/** AWS keeps a policy as it was put, mostly in one line. */
function shownText(base: string | undefined): string {
  if (base === undefined) return STARTER_POLICY;
  try {
    return `${JSON.stringify(JSON.parse(base), undefined, 2)}\n`;
  } catch {
    return base;
  }
}
