import { existsSync } from "node:fs";
import { startBrowser } from "./browser.js";
import { startVsCodeServer } from "./vsCodeServer.js";

/** A suite for the extension host, in the words of VS Code's command line. */
export interface ServerSuite {
  readonly extensionFolders: readonly string[];
  /** The script whose `run()` is the suite. */
  readonly testsFile: string;
  readonly folder: string | undefined;
  readonly userFolder: string | undefined;
  /** The file that the suite writes at its end. */
  readonly resultFile: string;
  readonly timeoutMs: number;
}

/** How a suite ended. */
export interface SuiteEnd {
  /** 0 all passed · 1 some failed · 2 no end in time · 3 something died. */
  readonly exitCode: 0 | 1 | 2 | 3;
  readonly reason: string;
}

/** Runs a suite in the extension host of a VS Code server, with a browser as its window. */
export async function runSuiteInServer(suite: ServerSuite): Promise<SuiteEnd> {
  const server = await startVsCodeServer({
    forTestSuite: true,
    ...(suite.userFolder === undefined ? {} : { userFolder: suite.userFolder }),
  });
  try {
    const browser = await startBrowser();
    try {
      const page = await (await browser.newContext()).newPage();
      const end = new Promise<SuiteEnd>((resolve) => {
        const died = (reason: string): void => {
          resolve({ exitCode: 3, reason });
        };
        page.on("crash", () => {
          died("the page crashed");
        });
        browser.on("disconnected", () => {
          died("the browser ended");
        });
        void server.ended.then((how) => {
          died(`the VS Code server ended (${how}): ${server.lastLines()}`);
        });
        // A suite that ends well also ends its host, and says so in the page first.
        void server.extensionHostEnded.then((how) => {
          setTimeout(died, 2000, `the extension host ended (${how})`);
        });
        setTimeout(() => {
          resolve({ exitCode: 2, reason: `no end after ${suite.timeoutMs / 1000} s` });
        }, suite.timeoutMs).unref();
        // VS Code calls these two functions of the page, when they are there before it starts.
        const started = Promise.all([
          page.exposeFunction("codeAutomationLog", () => undefined),
          page.exposeFunction("codeAutomationExit", (code: number) => {
            if (!existsSync(suite.resultFile)) died("the extension host ended before the suite");
            else resolve({ exitCode: code === 0 ? 0 : 1, reason: "the suite ran to its end" });
          }),
        ]).then(() =>
          page.goto(
            server.pageUrl({
              extensionFolders: suite.extensionFolders,
              testsFile: suite.testsFile,
              ...(suite.folder === undefined ? {} : { folder: suite.folder }),
            }),
          ),
        );
        started.catch((error: unknown) => {
          died(`the workbench did not load: ${String(error)}`);
        });
      });
      return await end;
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
