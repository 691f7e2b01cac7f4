import { randomUUID } from "node:crypto";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { BuildOptions } from "../../../../src/core/enginePorts.js";
import { importBaseImages } from "../../../machine/baseImages.js";
import {
  buildKitsUnderTest,
  buildOf,
  collect,
  engineAt,
  failureOf,
  makeFolder,
  patience,
} from "../engineUnderTest.js";
import { copySshPrograms, SshAgentProcess } from "./sshAgentProcess.js";

describe.each(await buildKitsUnderTest())(
  "RUN --mount=type=ssh with BuildKit of $label",
  ({ host }) => {
    const engine = engineAt(host);
    beforeAll(() => importBaseImages(host));

    async function build(
      steps: readonly string[],
      options: BuildOptions,
      key?: string,
    ): Promise<string[]> {
      const folder = await makeFolder({
        Dockerfile: ["FROM busybox:local", "COPY root /", ...steps, ""].join("\n"),
      });
      await copySshPrograms(folder);
      if (key !== undefined) await copyFile(key, path.join(folder, "root", "key.pub"));
      const { events } = await collect(engine.build(buildOf(folder, { options }), patience));
      return events.flatMap((event) => (event.type === "log" ? event.text : []));
    }

    const mark = (): string => `echo ${randomUUID()}`;

    it("lets a step list keys and sign with one, and nothing else", async () => {
      const agent = await SshAgentProcess.start("the key of a test");
      const ssh = { default: agent.socket };
      const steps = [
        `RUN --mount=type=ssh ${mark()}; /usr/bin/ssh-add -l`,
        "RUN --mount=type=ssh echo text > /text && /usr/bin/ssh-keygen -Y sign -f /key.pub -n test /text && cat /text.sig",
        "RUN --mount=type=ssh /usr/bin/ssh-add -D || echo not removed",
        "RUN --mount=type=ssh for i in $(seq 20); do /usr/bin/ssh-add -l > /dev/null & done; wait; echo all listed",
        'RUN test -z "$SSH_AUTH_SOCK" && echo gone',
      ];
      const lines = await build(steps, { ssh }, agent.keyFile);
      expect(lines).toContainEqual(expect.stringMatching(/^256 SHA256:\S+ the key of a test/));
      expect(lines).toContain("-----BEGIN SSH SIGNATURE-----");
      expect(lines).toEqual(expect.arrayContaining(["not removed", "all listed", "gone"]));
      expect(await agent.list()).toContain("the key of a test");
    });

    it("lends each step the agent that it names", async () => {
      const one = await SshAgentProcess.start("first of two");
      const two = await SshAgentProcess.start("second of two");
      const steps = [
        `RUN --mount=type=ssh ${mark()}; /usr/bin/ssh-add -l`,
        `RUN --mount=type=ssh,id=work ${mark()}; /usr/bin/ssh-add -l`,
      ];
      const lines = await build(steps, { ssh: { default: one.socket, work: two.socket } });
      const keys = lines
        .filter((line) => line.startsWith("256 "))
        .map((line) => line.split(" ")[2]);
      expect(keys).toEqual(["first", "second"]);
    });

    it("says which step lacks an agent that the build was not given", async () => {
      const required = "RUN --mount=type=ssh,required=true true";
      expect(await failureOf(build([required], {}))).toMatchObject({
        kind: "ssh-agent-missing",
        id: "default",
        line: 3,
      });
    });

    it("fails before the build when the agent is away, and builds when it is back", async () => {
      const agent = await SshAgentProcess.start("soon away");
      const options = { ssh: { default: agent.socket } };
      const steps = [`RUN --mount=type=ssh,required=true ${mark()}; /usr/bin/ssh-add -l`];
      agent.stop();
      const away = await expect
        .poll(() => failureOf(build(steps, options)))
        .toMatchObject({ kind: "ssh-agent-unavailable", path: agent.socket })
        .then(() => true);
      expect(away).toBe(true);
      const back = await SshAgentProcess.start("back again");
      const lines = await build(steps, { ssh: { default: back.socket } });
      expect(lines).toContainEqual(expect.stringContaining("back again"));
    });
  },
);
