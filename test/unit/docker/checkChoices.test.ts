import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { BuildOptions } from "../../../src/core/enginePorts.js";
import { checkChoices } from "../../../src/docker/checkChoices.js";

const TEXT = `FROM a AS one
RUN --mount=type=secret,id=npm,required=true --mount=type=secret,id=other true
FROM b AS two
RUN true
`;

async function check(options: BuildOptions | undefined, text = TEXT): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "ecr-choices-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const dockerfile = path.join(folder, "Dockerfile");
  await writeFile(dockerfile, text);
  const request = { dockerfile, context: folder, platforms: [], tokens: [] };
  await checkChoices(options ? { ...request, options } : request);
}

const npm = { npm: (): Promise<Uint8Array> => Promise.resolve(new Uint8Array()) };

describe("checkChoices", () => {
  it("names the secret that the target can't do without, and its line", async () => {
    await expect(check({ target: "one" })).rejects.toMatchObject({
      failure: { kind: "secret-missing", id: "npm", line: 2 },
    });
  });

  it("asks for no secret that is given, optional or of another stage", async () => {
    await check({ target: "one", secrets: npm });
    await check({ target: "two" });
    await check(undefined);
    await expect(check(undefined, `${TEXT}FROM one\n`)).rejects.toThrow("secret-missing");
  });

  it.each(["RUN --mount=type=ssh,required true", "ADD git@git.example:team/lib.git /lib"])(
    "names the SSH agent that the target can't do without: %s",
    async (step) => {
      const text = `FROM a AS one\n\n${step}\nFROM b AS two\nRUN --mount=type=ssh true\n`;
      await expect(check({ target: "one" }, text)).rejects.toMatchObject({
        failure: { kind: "ssh-agent-missing", id: "default", line: 3 },
      });
      await check({ target: "one", ssh: { default: undefined } }, text);
      await check({ target: "two" }, text);
    },
  );

  it("takes no inherited property for a secret", async () => {
    const text = "FROM a\nRUN --mount=type=secret,id=toString,required true\n";
    await expect(check({ secrets: {} }, text)).rejects.toThrow("secret-missing");
  });

  it("refuses a target that is not there", async () => {
    await check({ target: "TWO" });
    await expect(check({ target: "three" })).rejects.toMatchObject({
      failure: { kind: "build-option-invalid", option: "target", name: "three" },
    });
  });

  it("leaves a huge Dockerfile to the engine", async () => {
    await check({ target: "three" }, `${TEXT}#${" ".repeat(64 * 1024)}`);
  });
});
