import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  type ImageTagMutability,
} from "@aws-sdk/client-ecr";
import { makeReferenceFromUri, type ImageReference } from "../../../src/core/imageReference.js";
import { RegistryToken } from "../../../src/core/login/registryToken.js";
import { LocalEcrControl } from "../../localEcr/control.js";
import { startLocalEcr, type LocalEcr } from "../../localEcr/server.js";
import { buildOf, collect, engineAt, makeFolder, patience } from "./engineUnderTest.js";

/** A local ECR for one test file, and what tests ask of it. */
export class RegistryRig {
  readonly control: LocalEcrControl;
  readonly #client: ECRClient;

  private constructor(
    readonly ecr: LocalEcr,
    private readonly dataDir: string,
  ) {
    this.control = new LocalEcrControl(ecr.origin);
    this.#client = new ECRClient({
      region: "eu-west-1",
      endpoint: ecr.origin,
      credentials: { accessKeyId: "123456789012", secretAccessKey: "not-a-real-secret" },
    });
  }

  /** Starts it; tokens live as long as ECR's by default. */
  static async start(tokenLifeSeconds = 12 * 3600): Promise<RegistryRig> {
    const dataDir = await mkdtemp(path.join(tmpdir(), "ecr-data-"));
    return new RegistryRig(await startLocalEcr({ dataDir, tokenLifeSeconds }), dataDir);
  }

  async stop(): Promise<void> {
    this.#client.destroy();
    await this.ecr.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Asks for a token, as the extension does before each push. */
  async fetchToken(): Promise<RegistryToken> {
    const { authorizationData } = await this.#client.send(new GetAuthorizationTokenCommand());
    const { authorizationToken = "", expiresAt = new Date() } = authorizationData?.[0] ?? {};
    const [username = "", password = ""] = Buffer.from(authorizationToken, "base64")
      .toString()
      .split(":");
    return new RegistryToken(this.ecr.host, username, password, new Date(), expiresAt);
  }

  /** Makes a token that the registry does not know. */
  wrongToken(): RegistryToken {
    return new RegistryToken(this.ecr.host, "AWS", "wrong", new Date(), new Date());
  }

  async createRepository(imageTagMutability: ImageTagMutability = "MUTABLE"): Promise<string> {
    const repositoryName = `rig/${randomUUID()}`;
    await this.#client.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability }));
    return repositoryName;
  }

  /** Returns the digest of a tag as ECR shows it. */
  async findDigest(repositoryName: string, imageTag: string): Promise<string | undefined> {
    const imageIds = [{ imageTag }];
    const command = new DescribeImagesCommand({ repositoryName, imageIds });
    return (await this.#client.send(command)).imageDetails?.[0]?.imageDigest;
  }

  /** Builds an image of random bytes, which no registry holds yet, and names it. */
  async prepareImage(
    engineHost: string,
    repository: string,
    { layers = 1, layerBytes = 2_000_000 } = {},
  ): Promise<ImageReference> {
    const engine = engineAt(engineHost);
    const names = Array.from({ length: layers }, (_, index) => `layer${index}`);
    const copies = names.map((name) => `COPY ${name} /\n`).join("");
    const folder = await makeFolder({ Dockerfile: `FROM scratch\n${copies}` });
    for (const name of names) await writeFile(path.join(folder, name), randomBytes(layerBytes));
    const { result } = await collect(engine.build(buildOf(folder), patience));
    const reference = makeReferenceFromUri(`${this.ecr.host}/${repository}`, { tag: "v1" });
    await engine.tag(result.imageId, reference, patience);
    return reference;
  }
}
