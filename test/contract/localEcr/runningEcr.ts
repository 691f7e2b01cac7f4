import { ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { ECRPUBLICClient } from "@aws-sdk/client-ecr-public";
import { STSClient } from "@aws-sdk/client-sts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalEcrControl } from "../../localEcr/control.js";
import type { LocalEcr } from "../../localEcr/server.js";
import { startLocalEcr } from "../../localEcr/server.js";
import { RegistryClient } from "./registryClient.js";

/** Whose registry a client of a test talks to. */
export interface TestCaller {
  /** The account, which is also the access key id. */
  readonly account?: string;
  readonly region?: string;
}

/** A local ECR of one test file, with real clients for it. */
export class RunningEcr {
  readonly control: LocalEcrControl;

  private constructor(
    readonly server: LocalEcr,
    readonly dataDir: string,
  ) {
    this.control = new LocalEcrControl(server.origin);
  }

  /** Starts a local ECR in a folder of its own, or in one that an earlier one has left. */
  static async start(
    options: { dataDir?: string; tokenLifeSeconds?: number } = {},
  ): Promise<RunningEcr> {
    const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "local-ecr-")));
    return new RunningEcr(await startLocalEcr({ ...options, dataDir }), dataDir);
  }

  get host(): string {
    return this.server.host;
  }

  /** Returns an SDK client that does not try again, so that faults show at once. */
  client(caller: TestCaller = {}): ECRClient {
    return new ECRClient({ ...this.#config(caller), maxAttempts: 1 });
  }

  /** Returns a client of ECR Public, in its region. */
  publicClient(caller: TestCaller = {}): ECRPUBLICClient {
    return new ECRPUBLICClient({
      ...this.#config({ region: "us-east-1", ...caller }),
      maxAttempts: 1,
    });
  }

  stsClient(caller: TestCaller = {}): STSClient {
    return new STSClient({ ...this.#config(caller), maxAttempts: 1 });
  }

  /** Returns a new password for the registry. */
  async password(caller: TestCaller = {}): Promise<string> {
    const answer = await this.client(caller).send(new GetAuthorizationTokenCommand({}));
    const token = answer.authorizationData?.[0]?.authorizationToken ?? "";
    return Buffer.from(token, "base64").toString("utf8").slice("AWS:".length);
  }

  /** Returns a client of the registry protocol with a new password. */
  async registry(caller: TestCaller = {}): Promise<RegistryClient> {
    return new RegistryClient(this.server.origin, await this.password(caller));
  }

  /** Stops listening; `keepData` leaves the folder for the next start. */
  async stop({ keepData = false } = {}): Promise<void> {
    await this.server.close();
    if (!keepData) await rm(this.dataDir, { recursive: true, force: true });
  }

  #config({ account = "123456789012", region = "eu-central-1" }: TestCaller): {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  } {
    return {
      endpoint: this.server.origin,
      region,
      credentials: { accessKeyId: account, secretAccessKey: "not-checked" },
    };
  }
}
