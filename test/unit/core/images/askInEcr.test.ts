import { describe, expect, it } from "vitest";
import { askInEcr, type AskInEcrPorts } from "../../../../src/core/images/askInEcr.js";
import type { LocalImage } from "../../../../src/core/enginePorts.js";
import { digestOf } from "../../../fakes/digestOf.js";
import { InMemoryRegistry } from "../../../fakes/inMemoryRegistry.js";

const never = new AbortController().signal;
const digest = digestOf("manifest");
const host = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

function makeWorld(): { registry: InMemoryRegistry; ports: AskInEcrPorts; opened: string[] } {
  const registry = new InMemoryRegistry();
  registry.addRepository("team/api");
  registry.putImage("team/api", { digest, tag: "1.4.0" });
  const opened: string[] = [];
  const open = (location: { region: string }): Promise<InMemoryRegistry> => {
    opened.push(location.region);
    return Promise.resolve(registry);
  };
  return { registry, opened, ports: { open, location: registry.location, ownHosts: [] } };
}

const image = (more: Partial<LocalImage>): LocalImage => ({
  id: digestOf("config"),
  references: [],
  digests: [],
  sizeBytes: 1,
  createdAt: new Date(0),
  platform: undefined,
  ...more,
});

describe("askInEcr", () => {
  it("asks the repository that a digest is from, once", async () => {
    const { ports, registry } = makeWorld();
    const names = { digests: [`${host}/team/api@${digest}`], references: [`${host}/team/api:x`] };
    const answer = await askInEcr(ports, image(names), never);
    expect(answer).toEqual({
      places: [{ uri: `${host}/team/api`, tags: ["1.4.0"], isSeen: true }],
      asked: [`${host}/team/api`],
      foreign: [],
    });
    expect(registry.calls.names.filter((name) => name === "findImage")).toHaveLength(1);
  });

  it("takes a tag there for the image only when it has the same digest", async () => {
    const { ports } = makeWorld();
    const references = [`${host}/team/api:1.4.0`];
    const other = await askInEcr(ports, image({ references }), never);
    expect(other).toMatchObject({ places: [], asked: [`${host}/team/api`] });
    const same = await askInEcr(ports, image({ id: digest, references }), never);
    expect(same.places).toHaveLength(1);
  });

  it("asks the region that a host names, and the window's own hosts", async () => {
    const { ports, opened } = makeWorld();
    const north = host.replace("eu-west-1", "eu-north-1");
    const references = [`${north}/team/api:1`, "127.0.0.1:5000/team/api:1"];
    const own = { ...ports, ownHosts: ["127.0.0.1:5000"] };
    await askInEcr(own, image({ references }), never);
    expect(opened).toEqual(["eu-north-1", "eu-west-1"]);
  });

  it("leaves other accounts alone, of which this identity can't tell", async () => {
    const { ports } = makeWorld();
    const foreign = host.replace("123456789012", "210987654321");
    const answer = await askInEcr(ports, image({ references: [`${foreign}/a/b:1`] }), never);
    expect(answer).toEqual({ places: [], asked: [], foreign: [`${foreign}/a/b`] });
  });

  it("asks nobody for names without a host of ECR", async () => {
    const { ports, opened } = makeWorld();
    const references = ["api:dev", "ghcr.io/team/api:1", "docker.io/library/node:24"];
    const answer = await askInEcr(ports, image({ references }), never);
    expect(answer).toEqual({ places: [], asked: [], foreign: [] });
    expect(opened).toEqual([]);
  });
});
