import { hasScreen } from "../playground/openPage.js";
import { showDesktop, showPage, showServer } from "../playground/showVsCode.js";
import { startPlayground } from "../playground/startPlayground.js";
import { installSystem } from "./installSystem.js";
import { projectFolder } from "./folders.js";
import { runCommand } from "./runCommand.js";
import { findDesktopCode } from "./vscode/findCodeExecutable.js";

/*
 * `npm start`: VS Code on a sample workspace with the extension in it, a local ECR behind it and a
 * Docker Engine beneath it. Ctrl+C stops all of it. `npm start -- --check` starts everything in a
 * VS Code server, asks for the workbench's page, and ends with 0 when it answers.
 */
const isCheck = process.argv.includes("--check");
const desktop = isCheck || !hasScreen() ? undefined : await findDesktopCode();
const needsBrowser = !isCheck && desktop === undefined && hasScreen();
await installSystem(["engine", "base image", ...(needsBrowser ? (["browser"] as const) : [])]);

console.log("Building the extension");
await runCommand("npm", ["run", "--silent", "build"], { cwd: projectFolder });

const asked = new Promise<number>((resolve) => {
  process.once("SIGINT", () => {
    resolve(0);
  });
  process.once("SIGTERM", () => {
    resolve(0);
  });
});
// The first signal ends it in order; the others that a terminal or npm send add nothing.
process.on("SIGINT", () => undefined).on("SIGTERM", () => undefined);

const playground = await startPlayground();
try {
  const vsCode = await (desktop === undefined
    ? showServer(playground)
    : showDesktop(desktop, playground));
  try {
    console.log(`\n${playground.lines.join("\n")}\nVS Code        ${vsCode.line}\n`);
    if (isCheck) {
      process.exitCode = await checkPage(vsCode.url ?? "");
    } else {
      if (vsCode.url !== undefined) console.log(showPage(vsCode.url, playground));
      console.log(
        `Right-click site/Dockerfile and choose "Push to ECR…". Ctrl+C stops everything.`,
      );
      const ended = vsCode.ended.then(() => (desktop === undefined ? 1 : 0));
      process.exitCode = await Promise.race([asked, ended]);
    }
  } finally {
    await vsCode.stop();
  }
} finally {
  await playground.stop();
}
console.log("Stopped.");
// A browser or a socket that lingers doesn't hold the terminal.
process.exit();

/** Asks for the page as a browser does: the token in the address becomes a cookie first. */
async function checkPage(url: string): Promise<number> {
  const first = await fetch(url, { redirect: "manual" });
  const cookie = first.headers.getSetCookie().map((one) => one.split(";")[0]);
  const to = new URL(first.headers.get("location") ?? "", url);
  const answer = await fetch(to, { headers: { cookie: cookie.join("; ") } });
  const isWorkbench = answer.ok && (await answer.text()).includes("workbench");
  console.log(isWorkbench ? "The workbench answers." : `The workbench answers ${answer.status}.`);
  return isWorkbench ? 0 : 1;
}
