import * as vscode from "vscode";
import type {
  ContextAmount,
  ContextContents,
  MeasureContext,
} from "../../core/context/contextContents.js";
import {
  acceptContext,
  questionAbout,
  type ReviewContext,
} from "../../core/context/contextReview.js";
import { cancellation, isCancellation } from "../../core/errors.js";
import type { BuildRequest } from "../../core/enginePorts.js";
import { readSettings } from "../settings.js";
import { AcceptedContexts } from "./acceptedContexts.js";
import { askAboutContext } from "./askAboutContext.js";
import { amountText } from "./contextTexts.js";
import { openPick } from "./openPick.js";
import { ignoreFileName, pickIgnored } from "./pickIgnored.js";
import { writeIgnoreFile } from "./writeIgnoreFile.js";

/** What looking at contexts needs. */
export interface ContextReviewPorts {
  readonly measureContext: MeasureContext;
  /** Keeps what the user sent anyway. */
  readonly state: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
}

/** A look that takes longer than the rest of the preflight is waited for this long in silence. */
const PATIENCE_MS = 1500;
const BYTES_PER_MB = 1_000_000;

/** Runs work that may look at contexts; a look that goes on after the work ends with it. */
export async function withContextReview<T>(
  ports: ContextReviewPorts,
  work: (review: ReviewContext) => Promise<T>,
): Promise<T> {
  const left = new AbortController();
  try {
    return await work((build, signal) =>
      startReview(ports, build, AbortSignal.any([signal, left.signal])),
    );
  } finally {
    left.abort();
  }
}

function startReview(
  ports: ContextReviewPorts,
  build: BuildRequest,
  signal: AbortSignal,
): () => Promise<void> {
  const first = new Look(ports, build, signal);
  return async () => {
    const limitBytes = readSettings().contextWarningMB * BYTES_PER_MB;
    const accepted = new AcceptedContexts(ports.state);
    for (let look = first; ; look = new Look(ports, build, signal)) {
      const contents = await look.wait();
      if (!contents) return;
      const before = accepted.recall(build.dockerfile);
      const question = questionAbout(contents, limitBytes, before);
      if (!question) return;
      const answer = await askAboutContext(contents, question, limitBytes, signal);
      if (answer.kind === "cancel") throw cancellation();
      if (answer.kind === "send") {
        await accepted.remember(build.dockerfile, acceptContext(contents, limitBytes, before));
        return;
      }
      const paths = await pickIgnored(contents, answer.paths, signal);
      if (paths.length === 0) continue;
      await writeIgnoreFile(contents.ignoreFile, paths);
      ports.log.info(`added to ${ignoreFileName(contents)}: ${paths.join(", ")}`);
    }
  };
}

/** One measurement under way; a failure is said in the log and keeps nobody from building. */
class Look {
  #soFar: ContextAmount = { files: 0, bytes: 0 };
  readonly #skip = new AbortController();
  readonly #measured: Promise<ContextContents | undefined>;

  constructor(
    { measureContext, log }: ContextReviewPorts,
    build: BuildRequest,
    private readonly signal: AbortSignal,
  ) {
    const report = (soFar: ContextAmount): void => {
      this.#soFar = soFar;
    };
    const stop = AbortSignal.any([signal, this.#skip.signal]);
    this.#measured = measureContext(build, report, stop).catch((error: unknown) => {
      if (!isCancellation(error)) log.warn(`the build context was not measured: ${String(error)}`);
      return undefined;
    });
  }

  /** Returns the contents; undefined where they could not be measured, or the user won't wait. */
  async wait(): Promise<ContextContents | undefined> {
    const patience = new Promise<"slow">((resolve) => setTimeout(resolve, PATIENCE_MS, "slow"));
    const first = await Promise.race([this.#measured, patience]);
    if (this.signal.aborted) throw cancellation();
    if (first !== "slow") return first;
    return this.#waitAloud();
  }

  async #waitAloud(): Promise<ContextContents | undefined> {
    const { t } = vscode.l10n;
    const rows = [
      {
        label: t("Send Without Measuring"),
        iconPath: new vscode.ThemeIcon("debug-step-over"),
        value: "skip",
      },
      { label: t("Cancel"), iconPath: new vscode.ThemeIcon("close"), value: "cancel" },
    ];
    const shown = (): Parameters<typeof openPick<string>>[0] => ({
      title: t("Measuring the build context"),
      placeholder: t("{0} so far", amountText(this.#soFar)),
      rows,
      isBusy: true,
    });
    const pick = openPick<string>(shown(), this.signal);
    const ticking = setInterval(() => {
      pick.show(shown());
    }, 250);
    try {
      const measured = this.#measured.then((contents) => ({ contents }));
      const end = await Promise.race([measured, pick.answer]);
      if (typeof end === "object") return end.contents;
      if (end === "skip" && !this.signal.aborted) return undefined;
      throw cancellation();
    } finally {
      clearInterval(ticking);
      pick.close();
      this.#skip.abort();
    }
  }
}
