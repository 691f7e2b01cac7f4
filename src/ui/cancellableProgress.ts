import * as vscode from "vscode";

/** Runs `work` under a cancellable notification; the token becomes an `AbortSignal` here, once. */
export async function withCancellableProgress<T>(
  title: string,
  work: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return await vscode.window.withProgress(
    { location, title, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      const listener = token.onCancellationRequested(() => {
        controller.abort();
      });
      try {
        return await work((message) => {
          progress.report({ message });
        }, controller.signal);
      } finally {
        listener.dispose();
      }
    },
  );
}
