import { describe, expect, it } from "vitest";
import { cancellation } from "../../../src/core/errors.js";
import { RegistryToken } from "../../../src/core/login/registryToken.js";
import { RegistryLogins } from "../../../src/docker/registryLogins.js";

const ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const { signal } = new AbortController();

function makeLogins(): { logins: RegistryLogins; log: string[]; warnings: string[] } {
  const log: string[] = [];
  const warnings: string[] = [];
  const logins = new RegistryLogins({
    findToken: (host) => {
      if (host === "cancelled.example") return Promise.reject(cancellation());
      if (host === "refused.example") return Promise.reject(new Error("the session has ended"));
      const token = new RegistryToken(ECR, "AWS", "the-token", new Date(), new Date());
      return Promise.resolve(host === ECR ? { token, profile: "dev" } : undefined);
    },
    findUserLogin: (host) => {
      if (host === "broken.example") return Promise.reject(new Error("the helper failed"));
      const login = { username: "kim", password: "own" };
      const isKnown = [ECR, "refused.example", "registry-1.docker.io"].includes(host);
      return Promise.resolve(isKnown ? login : undefined);
    },
    log: (line) => log.push(line),
    warn: (text) => warnings.push(text),
  });
  return { logins, log, warnings };
}

describe("the logins of a build", () => {
  it("are the token first", async () => {
    const { logins, log } = makeLogins();
    expect(await logins.find(ECR, signal)).toEqual({ username: "AWS", password: "the-token" });
    expect(logins.ownerOf(ECR)).toEqual({ kind: "aws", profile: "dev" });
    expect(log).toEqual([`${ECR} gets the ECR token of dev`]);
  });

  it("are what docker login left, for hosts without a token", async () => {
    const { logins, log } = makeLogins();
    const login = await logins.find("registry-1.docker.io", signal);
    expect(login).toEqual({ username: "kim", password: "own" });
    expect(logins.ownerOf("docker.io")).toEqual({ kind: "docker", username: "kim" });
    expect(log).toEqual(["registry-1.docker.io gets the docker login of kim"]);
  });

  it("are none, where nobody has one", async () => {
    const { logins, log, warnings } = makeLogins();
    expect(await logins.find("public.ecr.aws", signal)).toBeUndefined();
    expect(log).toEqual(["public.ecr.aws gets no login"]);
    expect(warnings).toEqual([]);
  });

  it("go on to the next source, with a warning, where one fails", async () => {
    const { logins, warnings } = makeLogins();
    expect(await logins.find("refused.example", signal)).toMatchObject({ username: "kim" });
    expect(await logins.find("broken.example", signal)).toBeUndefined();
    expect(warnings).toEqual([
      "a login for refused.example can't be had: the session has ended",
      "a login for broken.example can't be had: the helper failed",
    ]);
  });

  it("are logged once for each host", async () => {
    const { logins, log } = makeLogins();
    for (let asked = 0; asked < 3; asked++) await logins.find(ECR, signal);
    expect(log).toHaveLength(1);
  });

  it("end with the build", async () => {
    const { logins } = makeLogins();
    await expect(logins.find("cancelled.example", signal)).rejects.toThrow(
      expect.objectContaining({ name: "AbortError" }) as Error,
    );
  });
});
