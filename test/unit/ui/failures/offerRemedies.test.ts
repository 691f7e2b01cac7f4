import { beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../../../src/core/errors.js";
import { offerRemedies } from "../../../../src/ui/failures/offerRemedies.js";
import type { RemedyActions } from "../../../../src/ui/failures/remedies.js";
import { commands, env, window } from "../../../fakes/vscode.js";

const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";
const ARN = "arn:aws:ecr:eu-west-1:123456789012:repository/team/api";
const FOREIGN = "arn:aws:ecr:eu-west-1:210987654321:repository/team/api";
const ROLE = "arn:aws:sts::123456789012:assumed-role/Developer/kim@example.com";

beforeEach(() => {
  env.copiedText = "";
  for (const list of [env.openedPages, commands.run, window.terminals, window.messages]) {
    list.length = 0;
  }
});

/** Presses a button of a failure's message, then those of the messages that follow. */
async function press(
  failure: Failure,
  buttons: readonly string[],
  own: RemedyActions = {},
): Promise<{ logShown: number }> {
  const done = { logShown: 0 };
  window.presses.splice(0, Infinity, ...buttons);
  const log = {
    show: (): void => {
      done.logShown += 1;
    },
  };
  await offerRemedies(failure, own, log);
  return done;
}

function counter(): (() => void) & { calls: number } {
  const count = Object.assign(
    () => {
      count.calls += 1;
    },
    { calls: 0 },
  );
  return count;
}

const DENIED: Failure = {
  kind: "access-denied",
  action: "ecr:PutImage",
  resource: ARN,
  principal: ROLE,
  because: "no-identity-policy",
  requestId: "8a5f-01",
};
const FOREIGN_DENIED: Failure = {
  ...DENIED,
  resource: FOREIGN,
  because: "no-resource-policy",
};

describe("the buttons of a failure", () => {
  it("copy the smallest policy for exactly this action and resource", async () => {
    await press(DENIED, ["Copy IAM Policy"]);
    expect(JSON.parse(env.copiedText)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["ecr:PutImage"], Resource: ARN }],
    });
  });

  it("copy the policy that the other account has to set", async () => {
    await press(FOREIGN_DENIED, ["Copy Repository Policy"]);
    expect(JSON.parse(env.copiedText)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:role/Developer" },
          Action: ["ecr:PutImage"],
        },
      ],
    });
  });

  it("copy what an admin needs to know: who, what, where, when, and the policies", async () => {
    await press(FOREIGN_DENIED, ["Copy for Admin"]);
    const text = env.copiedText;
    expect(text).toContain(`${ROLE} (role Developer in account 123456789012)`);
    expect(text).toContain("Action: ecr:PutImage\n");
    expect(text).toContain(`Resource: ${FOREIGN}\n`);
    expect(text).toMatch(/When: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\)/);
    expect(text).toContain("8a5f-01");
    expect(text).toContain(`"Resource": "${FOREIGN}"`);
    expect(text).toContain('"AWS": "arn:aws:iam::123456789012:role/Developer"');
  });

  it("offer no policy where one denies it, but the message for an admin", async () => {
    await press({ ...DENIED, because: "explicit-deny" }, ["Copy for Admin"]);
    expect(window.messages[0]?.buttons).toEqual(["Copy for Admin", "Show Log"]);
    expect(env.copiedText).not.toContain("Allow");
  });

  it("copy the likely policy where the registry refused without a word", async () => {
    const asked = { host: HOST, repository: "team/api", actions: ["ecr:InitiateLayerUpload"] };
    const nobody = { action: undefined, resource: undefined, principal: undefined };
    await press({ kind: "access-denied", ...nobody, asked }, ["Copy IAM Policy"]);
    expect(JSON.parse(env.copiedText)).toMatchObject({
      Statement: [{ Action: ["ecr:InitiateLayerUpload"], Resource: ARN }],
    });
    await press({ kind: "access-denied", ...nobody, asked: { ...asked, actions: [] } }, [
      "Copy IAM Policy",
    ]);
    expect(env.copiedText).toContain("ecr:BatchCheckLayerAvailability");
    expect(env.copiedText).toContain("ecr:PutImage");
  });

  it("open the setting that is at fault", async () => {
    await press({ kind: "endpoint-conflict", endpoint: undefined, feature: "FIPS" }, [
      "Open Settings",
    ]);
    await press({ kind: "certificate-untrusted", host: HOST, problem: "untrusted" }, [
      "Open Settings",
    ]);
    const opened = commands.run.map(([command, query]) => [command, query]);
    expect(opened).toEqual([
      ["workbench.action.openSettings", "@id:ecr.endpoint"],
      ["workbench.action.openSettings", expect.stringContaining("@id:http.proxy,") as string],
    ]);
  });

  it("show how to mend what is outside of VS Code", async () => {
    await press({ kind: "docker-permission-denied", endpoint: "/var/run/docker.sock" }, [
      "Show How",
    ]);
    await press({ kind: "clock-skewed", aheadMinutes: 7 }, ["Show How"]);
    await press(
      { kind: "registry-unreachable", host: HOST, message: "x509", why: "untrusted-certificate" },
      ["Show How"],
    );
    expect(env.openedPages).toEqual([
      expect.stringContaining("docs.docker.com/engine/install/linux-postinstall") as string,
      expect.stringMatching(/^https:/) as string,
      expect.stringContaining("docs.docker.com/engine/security/certificates") as string,
    ]);
  });

  it("start an engine of the user's own without a shell, and try again", async () => {
    const retry = counter();
    const endpoint = "unix:///run/user/1000/docker.sock";
    const failure: Failure = { kind: "docker-unavailable", endpoint, tried: [endpoint] };
    await press(failure, ["Start Docker", "Try Again"], { retry });
    expect(window.terminals).toMatchObject([
      {
        isShown: true,
        options: { shellPath: "systemctl", shellArgs: ["--user", "start", "docker"] },
      },
    ]);
    expect(retry.calls).toBe(1);
  });

  it("run nothing as root: the command waits for Enter", async () => {
    const endpoint = "unix:///var/run/docker.sock";
    await press({ kind: "docker-unavailable", endpoint, tried: [endpoint] }, ["Start Docker"]);
    expect(window.terminals).toMatchObject([
      { isShown: true, typed: [{ text: "sudo systemctl start docker", isEntered: false }] },
    ]);
  });

  it("show how to start an engine of another machine", async () => {
    const endpoint = "tcp://10.0.0.5:2375";
    await press({ kind: "docker-unavailable", endpoint, tried: [endpoint] }, ["Start Docker"]);
    expect(window.terminals).toEqual([]);
    expect(env.openedPages).toHaveLength(1);
  });

  it("renew the token where the caller can, else try again", async () => {
    const retry = counter();
    const renew = counter();
    await press({ kind: "token-expired", host: HOST }, ["Renew and Try Again"], { retry });
    await press({ kind: "token-expired", host: HOST }, ["Renew and Try Again"], {
      retry,
      "renew-token": renew,
    });
    expect([retry.calls, renew.calls]).toEqual([1, 1]);
  });

  it.each<[Failure, string, keyof RemedyActions]>([
    [
      { kind: "repository-not-found", repository: "a", registryId: undefined },
      "Create and Push",
      "create-and-push",
    ],
    [{ kind: "tag-immutable", repository: "a", tag: "1" }, "Pick Another Tag", "pick-tag"],
    [
      { kind: "manifest-rejected", reference: "a:1", message: "no" },
      "Choose Platform",
      "pick-platform",
    ],
    [{ kind: "layer-lost", reference: "a:1" }, "Try Again", "retry"],
    [{ kind: "credentials-expired", profile: "dev" }, "Sign In", "sign-in"],
  ])("do for %j what the caller means by %s", async (failure, button, remedy) => {
    const action = counter();
    await press(failure, [button], { [remedy]: action });
    expect(action.calls).toBe(1);
  });

  it("show the log, whatever it is", async () => {
    expect(await press({ kind: "unexpected", message: "x" }, ["Show Log"])).toEqual({
      logShown: 1,
    });
  });

  it("are not there where nobody can do it", async () => {
    await press({ kind: "tag-immutable", repository: "a", tag: "1" }, []);
    expect(window.messages[0]?.buttons).toEqual(["Show Log"]);
  });
});
