import { inspect } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import { PushRig } from "./pushRig.js";

const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

let rig: PushRig;
beforeEach(() => {
  rig = new PushRig();
});

describe("pushImage with a token that is refused", () => {
  it("gives up after one renewal", async () => {
    rig.registry.addRepository("team/api");
    const refuse = (): void => {
      rig.engine.calls.plan("push", () => {
        throw new EcrError({ kind: "token-expired", host: HOST });
      });
    };
    refuse();
    const { error } = await rig.push({}, (event) => {
      if (event.type === "warning") refuse();
    });
    expect(error).toMatchObject({ failure: { kind: "token-expired", host: HOST } });
    expect(rig.registry.calls.names.filter((name) => name === "fetchToken")).toHaveLength(2);
  });

  it("keeps the password out of all that it says", async () => {
    rig.registry.addRepository("team/api");
    const { events, error } = await rig.push({}, (event) => {
      if (event.type === "phase") rig.registry.expireTokens();
      if (event.type === "warning") {
        rig.registry.calls.plan("fetchToken", () => {
          throw new EcrError({ kind: "credentials-expired", profile: "dev" });
        });
      }
    });
    expect(error).toMatchObject({ failure: { kind: "credentials-expired" } });
    const token = rig.tokens.held(rig.registry.location);
    expect(token?.revealPassword()).toBe("secret-1");
    const said = inspect({ events, error, token, log: rig.log }, { depth: 20, showHidden: true });
    expect(said).not.toContain("secret-");
  });
});
