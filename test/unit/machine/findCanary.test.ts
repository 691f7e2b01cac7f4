import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { RegistryToken } from "../../../src/core/login/registryToken.js";
import { encodeRegistryAuth, encodeRegistryConfig } from "../../../src/docker/registryAuth.js";
import { Tokens } from "../../localEcr/tokens.js";
import { findCanary, holdsCanary, refuseCanary, watchArguments } from "../../machine/findCanary.js";

const { password } = new Tokens(60).issue({ account: "123456789012", region: "eu-west-1" });
const basic = Buffer.from(`AWS:${password}`).toString("base64");
const token = new RegistryToken("r.example", "AWS", password, new Date(), new Date());

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "ecr-canary-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

describe("a token that is written down", () => {
  it.each([
    ["as it is", password],
    ["as JSON", Buffer.from(password, "base64").toString()],
    ["as a login", basic],
    ["as a header for URLs", Buffer.from(`AWS:${password}`).toString("base64url")],
    ["encoded for a URL", encodeURIComponent(basic)],
    ["as a header for an engine", encodeRegistryAuth(token)],
    ["as logins of a build", encodeRegistryConfig(new Map([["a", { username: "AWS", password }]]))],
    [
      "as a login in the headers of an engine",
      Buffer.from(`{"auth":"${basic}"}`).toString("base64"),
    ],
    ["in the middle of a line", `12:00 [info] got ${password} from AWS`],
  ])("is found %s", async (_, text) => {
    await mkdir(path.join(folder, "logs"));
    const file = path.join(folder, "logs", "a.log");
    await writeFile(file, text);
    await writeFile(path.join(folder, "b.log"), "nothing");
    expect(await findCanary(folder)).toEqual([file]);
    await expect(refuseCanary([folder])).rejects.toThrow(`a login token stands in ${file}`);
  });

  it("is found wherever it stands in a large file", async () => {
    const file = path.join(folder, "large");
    const before = Buffer.alloc((1 << 20) - 20, "x");
    await writeFile(file, Buffer.concat([before, Buffer.from(password)]));
    expect(await findCanary(folder)).toEqual([file]);
  });

  it("is found among the arguments of a process", async () => {
    // A word of its own: other runs on this machine look for the canary at the same time.
    const word = `argument-${randomUUID()}`;
    const watch = watchArguments(10, (line) => line.includes(word));
    const child = spawn(process.execPath, ["-e", "process.stdin.resume()", word]);
    await once(child, "spawn");
    const stopped = watch.stop();
    await expect(stopped).rejects.toThrow(
      `a login token is an argument of ${process.execPath} (process ${String(child.pid)})`,
    );
    child.kill();
  });

  it("is all that is found", async () => {
    await writeFile(path.join(folder, "a.log"), `${token.toString()} ${JSON.stringify(token)}`);
    expect(await findCanary(folder)).toEqual([]);
    expect(await findCanary(path.join(folder, "absent"))).toEqual([]);
    expect(holdsCanary("ecrCanary")).toBe(false);
  });
});
