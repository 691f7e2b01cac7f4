import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { awsProfiles } from "../../../src/aws/awsProfiles.js";
import { makeAwsFiles, type AwsFiles } from "../../fakes/awsFiles.js";

let files: AwsFiles;
beforeEach(() => (files = makeAwsFiles()));
afterEach(() => {
  files.remove();
});

const KEYS = "aws_access_key_id = 123456789012\naws_secret_access_key = not-a-real-secret\n";

describe("awsProfiles", () => {
  it("lists none when there are no files, and those of a file made later", async () => {
    expect(await awsProfiles.listProfiles()).toEqual([]);
    files.write(`[default]\nregion = eu-west-1\n${KEYS}`);
    expect(await awsProfiles.listProfiles()).toEqual([
      { name: "default", region: "eu-west-1", source: "keys" },
    ]);
  });

  it("keeps the order of the files, config first, and counts a profile of both once", async () => {
    files.write(
      "[profile zeta]\nregion = a\n[profile alpha]\nregion = b\n",
      `[beta]\n${KEYS}[zeta]\n${KEYS}`,
    );
    expect((await awsProfiles.listProfiles()).map(({ name }) => name)).toEqual([
      "zeta",
      "alpha",
      "beta",
    ]);
  });

  it("takes the region of the credentials file before that of the config file", async () => {
    files.write("[profile dev]\nregion = eu-west-1\n", `[dev]\nregion = us-east-1\n${KEYS}`);
    expect(await awsProfiles.listProfiles()).toEqual([
      { name: "dev", region: "us-east-1", source: "keys" },
    ]);
  });

  it("leaves out sections that are no profiles", async () => {
    files.write(
      "[sso-session team]\nsso_region = eu-west-1\n[services local]\necr =\n  endpoint_url = http://127.0.0.1:1\n[profile dev]\nregion = x\n",
    );
    expect((await awsProfiles.listProfiles()).map(({ name }) => name)).toEqual(["dev"]);
  });

  it.each([
    ["keys", KEYS],
    ["role", "role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = other\n"],
    [
      "role",
      `role_arn = arn:aws:iam::123456789012:role/x\ncredential_source = Environment\n${KEYS}`,
    ],
    ["web-identity", "web_identity_token_file = /t\nrole_arn = arn:aws:iam::123456789012:role/x\n"],
    ["process", "credential_process = /usr/bin/true\n"],
    ["sso", "sso_session = team\nsso_account_id = 123456789012\n"],
    ["sso", "sso_start_url = https://example.awsapps.com/start\n"],
    ["login", "login_session = arn:aws:iam::123456789012:user/x\n"],
    ["other", "region = eu-west-1\n"],
  ])("tells that credentials come from %s", async (source, settings) => {
    files.write(`[profile dev]\n${settings}`);
    expect(await awsProfiles.listProfiles()).toMatchObject([{ name: "dev", source }]);
  });

  it("shows nothing of the keys", async () => {
    files.write(`[profile dev]\n${KEYS}aws_session_token = not-a-real-token\n`);
    const shown = JSON.stringify(await awsProfiles.listProfiles());
    expect(shown).not.toMatch(/not-a-real|123456789012/);
  });
});
