import * as vscode from "vscode";
import { parseTag } from "../../core/imageReference.js";
import type { TagSource, TagSuggestion } from "../../core/push/tagSuggestions.js";
import { formatAge } from "../quantities.js";
import { parseOrReason } from "../tryParse.js";
import { place, type StepAnswer, type StepPosition } from "../wizard.js";

/** A tag that was picked, and what it was made from. */
export interface PickedTag {
  readonly tag: string;
  readonly source: TagSource;
}

/** What the tag question works with. */
export interface TagQuestion {
  readonly repository: string;
  readonly isDirty: boolean;
  /**
   * Shows the suggestions, best first: at once, and again when ECR has told which are taken. Those
   * proposed are chosen before anything is picked; the first that is free, where none is named.
   */
  readonly load: (
    show: (suggestions: readonly TagSuggestion[], proposed?: readonly string[]) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Says of a typed tag whether it is taken, as far as `load` has come. */
  readonly describe: (tag: string) => TagSuggestion;
}

interface TagItem extends vscode.QuickPickItem {
  readonly suggestion?: TagSuggestion;
}

/** Asks for one or several tags; a typed tag is chosen as it is typed, a locked one never. */
export async function pickTags(
  question: TagQuestion,
  position: StepPosition,
): Promise<StepAnswer<readonly PickedTag[]>> {
  const pick = vscode.window.createQuickPick<TagItem>();
  const loading = new AbortController();
  place(pick, position);
  pick.canSelectMany = true;
  pick.placeholder = vscode.l10n.t("Tags for {0}: pick, or type one", question.repository);
  let suggested: readonly TagItem[] = [];
  let preselected: readonly string[] = [];
  // Chosen since it is in the field, and no longer when the field says something else.
  let byTyping: string | undefined;
  const select = (tags: readonly string[]): void => {
    pick.selectedItems = pick.items.filter(({ label }) => tags.includes(label));
  };
  const render = (chosen: readonly string[]): void => {
    const text = pick.value.trim();
    const typed = typedItem(question, text, suggested);
    pick.items = typed ? [typed, ...suggested] : suggested;
    const isProposal = chosen.join() === preselected.join();
    const kept = chosen.filter(
      (tag) => tag !== byTyping && suggested.some(({ label }) => label === tag),
    );
    byTyping = undefined;
    if (text === "") {
      select(kept.length > 0 ? kept : preselected);
      return;
    }
    // Typing a tag replaces what was only proposed, and keeps what the user picked. A tag that is
    // invalid or locked is replaced by nothing: Enter must not push another one than was typed.
    const named = typed ?? suggested.find(({ label }) => label === text);
    const others = isProposal ? [] : kept;
    if (!named?.suggestion || named.suggestion.isLocked) {
      select(others);
    } else {
      if (!others.includes(named.label)) byTyping = named.label;
      select([...others, named.label]);
    }
  };
  try {
    return await new Promise<StepAnswer<readonly PickedTag[]>>((resolve, reject) => {
      pick.onDidChangeValue(() => {
        render(pick.selectedItems.map(({ label }) => label));
      });
      pick.onDidChangeSelection((items) => {
        const free = items.filter(({ suggestion }) => suggestion && !suggestion.isLocked);
        if (free.length < items.length) pick.selectedItems = free;
      });
      pick.onDidTriggerButton(() => {
        resolve({ kind: "back" });
      });
      pick.onDidAccept(() => {
        const picked = pick.selectedItems.flatMap(({ suggestion }) => suggestion ?? []);
        if (picked.length > 0) resolve({ kind: "answer", value: picked.map(toPicked) });
      });
      pick.onDidHide(() => {
        resolve({ kind: "cancelled" });
      });
      pick.busy = true;
      pick.show();
      const show: Parameters<TagQuestion["load"]>[0] = (suggestions, proposed) => {
        if (loading.signal.aborted) return;
        suggested = suggestions.map((suggestion) => tagItem(suggestion, question.isDirty));
        const chosen = pick.selectedItems.map(({ label }) => label);
        const isProposal = chosen.join() === preselected.join();
        const best = suggestions.find(({ isLocked }) => !isLocked);
        preselected = proposed ?? (best ? [best.tag] : []);
        render(isProposal ? preselected : chosen);
      };
      question
        .load(show, loading.signal)
        .then(() => {
          pick.busy = false;
        })
        .catch(reject);
    });
  } finally {
    loading.abort();
    pick.dispose();
  }
}

function toPicked({ tag, source }: TagSuggestion): PickedTag {
  return { tag, source };
}

/** The row for a typed tag, or why it can't be one; none when it is suggested already. */
function typedItem(
  question: TagQuestion,
  text: string,
  suggested: readonly TagItem[],
): TagItem | undefined {
  if (text === "" || suggested.some(({ label }) => label === text)) return undefined;
  const parsed = parseOrReason(parseTag, text);
  if ("value" in parsed) {
    return { ...tagItem(question.describe(parsed.value), question.isDirty), alwaysShow: true };
  }
  const label = vscode.l10n.t("“{0}” is no valid tag", text);
  return {
    label,
    detail: parsed.reason,
    iconPath: new vscode.ThemeIcon("error"),
    alwaysShow: true,
  };
}

function tagItem(suggestion: TagSuggestion, isDirty: boolean): TagItem {
  const { tag, source, takenBy, isLocked, insteadOf } = suggestion;
  const { t } = vscode.l10n;
  const words = [
    insteadOf === undefined ? sourceName(source) : t("next free after {0}", insteadOf),
  ];
  if (source === "commit" && isDirty) words.push(t("with uncommitted changes"));
  if (takenBy && isLocked) words.push(t("taken · immutable"));
  else if (takenBy?.pushedAt) words.push(t("taken · {0}", formatAge(takenBy.pushedAt, new Date())));
  else if (takenBy) words.push(t("taken"));
  return {
    label: tag,
    description: words.join(" · "),
    iconPath: new vscode.ThemeIcon(isLocked ? "lock" : "tag"),
    suggestion,
  };
}

function sourceName(source: TagSource): string {
  const { t } = vscode.l10n;
  switch (source) {
    case "commit":
      return t("git commit");
    case "branch":
      return t("git branch");
    case "package-version":
      return t("package version");
    case "next-version":
      return t("next version");
    case "last":
      return t("last used");
    case "typed":
      return t("typed");
  }
}
