/**
 * The parts of VS Code's API that need no window, with the behaviour of the real ones.
 *
 * Unit tests get this module for `vscode`, which only exists inside VS Code.
 */

/** Fills `{0}` and so on, and leaves what has no value, as VS Code without a translation does. */
export const l10n = {
  t(message: string, ...values: readonly (string | number | boolean)[]): string {
    return message.replace(/{(\d+)}/g, (whole, index: string) =>
      String(values[Number(index)] ?? whole),
    );
  },
};

/** The language that numbers and dates are written in, the clipboard, and the browser. */
export const env = {
  language: "en",
  remoteName: undefined,
  /** Pages that were opened. */
  openedPages: [] as string[],
  copiedText: "",
  clipboard: {
    writeText(text: string): Promise<void> {
      env.copiedText = text;
      return Promise.resolve();
    },
  },
  openExternal(page: Uri): Promise<boolean> {
    env.openedPages.push(String(page));
    return Promise.resolve(true);
  },
};

/** Commands, and which of them were run with what. */
export const commands = {
  run: [] as (readonly unknown[])[],
  executeCommand(...command: readonly unknown[]): Promise<undefined> {
    commands.run.push(command);
    return Promise.resolve(undefined);
  },
};

/** A terminal, with what runs in it and what was typed. */
export class Terminal {
  isShown = false;
  readonly typed: { readonly text: string; readonly isEntered: boolean }[] = [];

  constructor(
    readonly options: {
      readonly name: string;
      readonly shellPath?: string;
      readonly shellArgs?: readonly string[];
    },
  ) {}

  show(): void {
    this.isShown = true;
  }

  sendText(text: string, isEntered = true): void {
    this.typed.push({ text, isEntered });
  }
}

/** Markdown source; who shows it decides what its trust means. */
export class MarkdownString {
  isTrusted: boolean | undefined;
  supportHtml: boolean | undefined;
  supportThemeIcons: boolean | undefined;

  constructor(public value = "") {}
}

/** The name of an icon, with its colour. */
export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

/** The id of a colour of the theme. */
export class ThemeColor {
  constructor(readonly id: string) {}
}

/** Whether a row has others below it, with the numbers of VS Code. */
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;

/** A row; everything but its label is set later. */
export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState: number = TreeItemCollapsibleState.None,
  ) {}
}

/** Scheme and path of a resource. */
export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
  ) {}

  static file(path: string): Uri {
    return new Uri("file", path);
  }

  static parse(text: string): Uri {
    const { protocol, href } = new URL(text);
    return new Uri(protocol.slice(0, -1), href.slice(`${protocol}//`.length));
  }

  static from({ scheme, path }: { scheme: string; path: string }): Uri {
    return new Uri(scheme, path);
  }

  toString(): string {
    return `${this.scheme}://${encodeURI(this.path)}`;
  }
}

/** How much a log says, with the numbers of VS Code. */
export const LogLevel = { Off: 0, Trace: 1, Debug: 2, Info: 3, Warning: 4, Error: 5 } as const;

/** Ends something, once asked to. */
export class Disposable {
  constructor(private readonly end: () => void) {}

  dispose(): void {
    this.end();
  }
}

/** Tells its listeners of events until they leave. */
export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => void>();

  readonly event = (listener: (event: T) => void): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };

  fire(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** A list to pick from; `accept` and `hide` are what a person does with it. */
export class QuickPick<T extends { readonly label: string }> {
  readonly #accepted = new EventEmitter<undefined>();
  readonly #hidden = new EventEmitter<undefined>();
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidChangeValue = new EventEmitter<string>().event;
  readonly onDidTriggerButton = new EventEmitter<undefined>().event;
  value = "";
  busy = false;
  activeItems: readonly T[] = [];
  title = "";
  placeholder = "";
  items: readonly T[] = [];
  selectedItems: readonly T[] = [];

  show(): void {
    window.shownPicks.add(this);
  }

  accept(label: string): void {
    this.selectedItems = this.items.filter((item) => item.label === label);
    this.#accepted.fire(undefined);
  }

  hide(): void {
    if (window.shownPicks.delete(this)) this.#hidden.fire(undefined);
  }

  dispose(): void {
    this.hide();
  }
}

/** The window, with the lists that are open in it. */
export const window = {
  shownPicks: new Set<QuickPick<{ readonly label: string }>>(),
  createQuickPick: (): QuickPick<{ readonly label: string }> => new QuickPick(),
  terminals: [] as Terminal[],
  createTerminal(options: Terminal["options"]): Terminal {
    const terminal = new Terminal(options);
    window.terminals.push(terminal);
    return terminal;
  },
  /** What messages said, with their buttons. */
  messages: [] as { readonly text: string; readonly buttons: readonly string[] }[],
  /** The buttons that a person presses, one for each message; without one it is dismissed. */
  presses: [] as string[],
  showErrorMessage: show,
  showWarningMessage: show,
  showInformationMessage: show,
};

function show(text: string, ...buttons: readonly string[]): Promise<string | undefined> {
  window.messages.push({ text, buttons });
  const pressed = window.presses.shift();
  if (pressed !== undefined && !buttons.includes(pressed)) {
    throw new Error(`there is no button ${pressed} but ${buttons.join(", ")}`);
  }
  return Promise.resolve(pressed);
}

/** The type of rows, with the numbers of VS Code. */
export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;

/** Settings of which none is set. */
interface Configuration {
  get<T>(name: string, fallback: T): T;
}

/** A workspace whose settings are all at their defaults. */
export const workspace = {
  getConfiguration: (): Configuration => ({ get: (_name, fallback) => fallback }),
};
