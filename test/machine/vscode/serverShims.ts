import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Stand-ins for modules of the VS Code server that need a C++ compiler or that only send telemetry.
 * Each has the part of the real module's interface that the server calls, exported name by name:
 * the server imports them as ES modules, and Node finds the names of a CommonJS module only so.
 */
const shims: Readonly<Record<string, string>> = {
  // Every log file and output channel is written through this one. Rotation is left out: a test
  // server doesn't live long enough.
  "@vscode/spdlog": `
    const fs = require("node:fs");
    const path = require("node:path");
    const names = ["trace", "debug", "info", "warning", "error", "critical"];
    const open = new Set();
    let startLevel = 2;
    class Logger {
      constructor(file) {
        this.file = file;
        this.level = startLevel;
        this.plain = false;
        this.waiting = "";
        fs.mkdirSync(path.dirname(file), { recursive: true });
        // VS Code watches the file from now on.
        fs.appendFileSync(file, "");
        open.add(this);
      }
      write(level, message) {
        if (level < this.level) return;
        const time = new Date().toISOString().replace("T", " ").replace("Z", "");
        this.waiting += this.plain ? message : time + " [" + names[level] + "] " + message + "\\n";
        this.timer ??= setTimeout(() => this.flush(), 10).unref();
      }
      flush() {
        clearTimeout(this.timer);
        this.timer = undefined;
        const text = this.waiting;
        this.waiting = "";
        // The log folder can be gone before the server is.
        try { fs.appendFileSync(this.file, text); } catch {}
      }
      getLevel() { return this.level; }
      setLevel(level) { this.level = level; }
      setPattern() {}
      clearFormatters() { this.plain = true; }
      drop() { this.flush(); open.delete(this); }
    }
    ["trace", "debug", "info", "warn", "error", "critical"].forEach((method, level) => {
      Logger.prototype[method] = function (message) { this.write(level, message); };
    });
    const flushAll = () => { for (const logger of open) logger.flush(); };
    process.on("exit", flushAll);
    exports.version = 0;
    exports.Logger = Logger;
    exports.setLevel = (level) => { startLevel = level; };
    exports.setFlushOn = () => {};
    exports.shutdown = flushAll;
    exports.createRotatingLogger = async (name, file) => new Logger(file);
    exports.createAsyncRotatingLogger = exports.createRotatingLogger;`,
  "@vscode/native-watchdog": `
    exports.start = () => {};
    exports.exit = (code) => process.exit(code ?? 0);`,
  "@microsoft/1ds-core-js": `
    class AppInsightsCore {
      initialize() {}
      track() {}
      addNotificationListener() {}
      unload(isAsync, done) { done?.(); }
    }
    exports.AppInsightsCore = AppInsightsCore;
    exports.useFetchRequest = false;`,
};

/** Writes the stand-ins into a `node_modules` folder of the VS Code server. */
export async function writeServerShims(nodeModules: string): Promise<void> {
  for (const [name, source] of Object.entries(shims)) {
    const folder = path.join(nodeModules, name);
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, "package.json"),
      JSON.stringify({ name, version: "0.0.0", main: "index.js", type: "commonjs" }),
    );
    await writeFile(path.join(folder, "index.js"), `"use strict";${source}\n`);
  }
}
