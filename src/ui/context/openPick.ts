import * as vscode from "vscode";

/** A row of a pick; rows without a value are headings. */
export interface PickRow<T> extends vscode.QuickPickItem {
  readonly value?: T;
}

/** What a pick shows. */
export interface PickShown<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly rows: readonly PickRow<T>[];
  readonly isBusy?: boolean;
}

/** A quick pick that the code may change and close while it is open. */
export interface OpenedPick<T> {
  /** The value that the user picked; undefined when the pick was left or closed. */
  readonly answer: Promise<T | undefined>;
  show(shown: PickShown<T>): void;
  close(): void;
}

/** Opens a quick pick for one answer; an abort closes it. */
export function openPick<T>(first: PickShown<T>, signal: AbortSignal): OpenedPick<T> {
  const pick = vscode.window.createQuickPick<PickRow<T>>();
  let shownRows: readonly PickRow<T>[] | undefined;
  const close = (): void => {
    pick.hide();
  };
  const show = ({ title, placeholder, rows, isBusy = false }: PickShown<T>): void => {
    Object.assign(pick, { title, placeholder, busy: isBusy });
    // Rows that are set anew lose the mouse and the keyboard.
    if (rows !== shownRows) pick.items = rows;
    shownRows = rows;
  };
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  const answer = new Promise<T | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const value = pick.selectedItems[0]?.value;
      if (value !== undefined) resolve(value);
    });
    pick.onDidHide(() => {
      resolve(undefined);
    });
    signal.addEventListener("abort", close);
    if (signal.aborted) resolve(undefined);
  }).finally(() => {
    signal.removeEventListener("abort", close);
    pick.dispose();
  });
  show(first);
  pick.show();
  return { answer, show, close };
}
