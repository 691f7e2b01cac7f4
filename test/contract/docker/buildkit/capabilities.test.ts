import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, type TestContext } from "vitest";
import { skipTest } from "../../skipTest.js";
import {
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  makeFolder,
  patience,
} from "../engineUnderTest.js";

const run = promisify(execFile);

describe.each(await buildKitsUnderTest())("files with capabilities on $label", ({ host }) => {
  const engine = engineAt(host);

  async function warningsOf(folder: string): Promise<string[]> {
    const { events } = await collect(engine.build(buildOf(folder), patience));
    return events.flatMap((event) => (event.type === "warning" ? [event.text] : []));
  }

  it("are named when they are sent, but for those that are ignored", async (context) => {
    const folder = await makeFolder({
      Dockerfile: "FROM scratch\nCOPY . /\n",
      ".dockerignore": "ignored*\n",
      "bin/server one": randomUUID(),
      "ignored-server": randomUUID(),
      plain: "plain",
    });
    await giveCapability(context, path.join(folder, "bin", "server one"));
    await giveCapability(context, path.join(folder, "ignored-server"));
    const warning =
      "bin/server one: capabilities of files do not travel; set them in the Dockerfile with setcap";
    expect(await warningsOf(folder)).toEqual([warning]);
  });
});

async function giveCapability(context: TestContext, file: string): Promise<void> {
  try {
    await run("/usr/sbin/setcap", ["cap_net_bind_service=+ep", file]);
  } catch (error) {
    skipTest(context, `this machine gives files no capabilities: ${String(error)}`);
  }
}
