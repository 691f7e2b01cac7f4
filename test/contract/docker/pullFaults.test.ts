import {
  afterAll,
  beforeAll,
  describe,
  expect,
  it,
  onTestFinished,
  type TestContext,
} from "vitest";
import { makeReferenceFromUri } from "../../../src/core/imageReference.js";
import { engineKinds } from "../../machine/engineKinds.js";
import {
  type EngineOptions,
  NoPrivateEngine,
  startPrivateEngine,
  type PrivateEngine,
} from "../../machine/privateEngine.js";
import { skipTest } from "../skipTest.js";
import { collect, engineAt, failureOf, patience } from "./engineUnderTest.js";
import { RegistryImages } from "./registryImages.js";
import { RegistryRig } from "./registryRig.js";

let rig: RegistryRig;
beforeAll(async () => {
  rig = await RegistryRig.start();
});
afterAll(() => rig.stop());

// Engines of their own: what happens to them must not happen to the tests beside.
describe.each(engineKinds)("$name", (kind) => {
  async function start(context: TestContext, options: EngineOptions): Promise<PrivateEngine> {
    const logName = `${kind.name}-pull-faults`;
    const engine = await startPrivateEngine(kind, { ...options, logName }).catch(
      (error: unknown) => {
        if (error instanceof NoPrivateEngine) skipTest(context, error.message);
        throw error;
      },
    );
    onTestFinished(() => engine.stop());
    return engine;
  }

  it("whose disk is full says so when it pulls, and pulls when there is space", async (context) => {
    const server = await start(context, { diskBytes: 32_000_000 });
    const engine = engineAt(server.host);
    const token = await rig.fetchToken();
    const images = new RegistryImages(rig.ecr.origin, token);
    const repository = await rig.createRepository();
    const { digest } = await images.putImage(repository, "v1", { layerBytes: 40_000_000 });
    const uri = `${rig.ecr.host}/${repository}`;
    const reference = { ...makeReferenceFromUri(uri, { digest }), digest };
    const pull = () => collect(engine.pull({ reference, platform: undefined }, token, patience));
    expect(await failureOf(pull())).toEqual({ kind: "engine-disk-full", operation: "pull" });
    await server.setDiskBytes(200_000_000);
    expect((await pull()).result.digests).toContain(`${uri}@${digest}`);
  });
});
