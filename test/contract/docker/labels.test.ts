import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeGitLabels } from "../../../src/core/build/gitLabels.js";
import { openEngine } from "../../machine/engineApi.js";
import {
  buildersUnderTest,
  buildOf,
  collect,
  engineAt,
  makeFolder,
  patience,
} from "./engineUnderTest.js";

const REVISION = "org.opencontainers.image.revision";
const defaultLabels = makeGitLabels({
  commit: randomUUID(),
  committedAt: new Date("2026-01-02T03:04:05Z"),
  isDirty: false,
  remoteUrl: "https://kim:secret@example.com/team/api",
});

describe.each(await buildersUnderTest())("labels with $builder of $label", (under) => {
  const { host, builder, kind } = under;
  const engine = engineAt(host, builder);

  async function build(
    folder: string,
  ): Promise<{ imageId: string; labels: Readonly<Record<string, string>> }> {
    const request = buildOf(folder, { options: { defaultLabels } });
    const { imageId } = (await collect(engine.build(request, patience))).result;
    const { Config } = await openEngine(host).getImage(imageId).inspect();
    return { imageId, labels: Config.Labels };
  }

  it("say what the image is made from, and are the same next time", async () => {
    const folder = await makeFolder({ Dockerfile: "FROM scratch\nCOPY Dockerfile /\n" });
    const first = await build(folder);
    const all: Readonly<Record<string, string>> = {
      ...defaultLabels,
      "org.opencontainers.image.created": "2026-01-02T03:04:05Z",
      "org.opencontainers.image.source": "https://example.com/team/api",
    };
    // Podman puts several labels in a new order each time, which makes another image.
    expect(first.labels).toMatchObject(kind === "podman" ? { [REVISION]: all[REVISION] } : all);
    for (let again = 0; again < 3; again++) {
      expect((await build(folder)).imageId).toBe(first.imageId);
    }
  });

  it("leave the Dockerfile's own as they are", async () => {
    const folder = await makeFolder({
      Dockerfile: `FROM scratch\nCOPY Dockerfile /\nLABEL org.opencontainers.image.created=never \\\n  "org.opencontainers.image.source"="our own" mark=${randomUUID()}\n`,
    });
    expect((await build(folder)).labels).toMatchObject({
      "org.opencontainers.image.created": "never",
      "org.opencontainers.image.source": "our own",
      [REVISION]: defaultLabels[REVISION],
    });
  });
});
