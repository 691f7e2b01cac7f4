import type * as vscode from "vscode";

/** Wraps a log, so that all that anybody writes to it goes through `redact`. */
export function redactedLog(
  log: vscode.LogOutputChannel,
  redact: (text: string) => string,
): vscode.LogOutputChannel {
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return redact(value);
    return value instanceof Error ? redact(value.stack ?? String(value)) : value;
  };
  const writer =
    (level: "trace" | "debug" | "info" | "warn") =>
    (message: string, ...values: unknown[]): void => {
      log[level](redact(message), ...values.map(clean));
    };
  return {
    name: log.name,
    get logLevel() {
      return log.logLevel;
    },
    onDidChangeLogLevel: log.onDidChangeLogLevel,
    trace: writer("trace"),
    debug: writer("debug"),
    info: writer("info"),
    warn: writer("warn"),
    error: (message, ...values) => {
      log.error(String(clean(message)), ...values.map(clean));
    },
    append: (text) => {
      log.append(redact(text));
    },
    appendLine: (text) => {
      log.appendLine(redact(text));
    },
    replace: (text) => {
      log.replace(redact(text));
    },
    clear: log.clear.bind(log),
    show: log.show.bind(log),
    hide: log.hide.bind(log),
    dispose: log.dispose.bind(log),
  };
}
