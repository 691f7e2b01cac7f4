import type * as vscode from "vscode";

/** How many causes of a failure are written down. */
const MAX_CAUSES = 10;

/** Writes a failure with its whole chain of causes to the log. */
export function logFailure(log: vscode.LogOutputChannel, action: string, error: unknown): void {
  log.error(`${action}: ${describe(error)}`);
  let cause = causeOf(error);
  for (let depth = 0; cause !== undefined && depth < MAX_CAUSES; depth += 1) {
    log.error(`  caused by ${describe(cause)}`);
    cause = causeOf(cause);
  }
  if (error instanceof Error && error.stack !== undefined) log.debug(error.stack);
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
