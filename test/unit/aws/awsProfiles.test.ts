import { mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { awsProfiles } from "../../../src/aws/awsProfiles.js";
import type { Profile } from "../../../src/core/ports.js";
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
    expect(await awsProfiles.listProfiles()).toMatchObject([
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
    expect(await awsProfiles.listProfiles()).toMatchObject([
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

  it.each<[string, string, Partial<Profile>]>([
    [
      "a permission set",
      "sso_session = team\nsso_account_id = 210987654321\nsso_role_name = Admin\n",
      { accountId: "210987654321", role: "Admin", hasMfa: false },
    ],
    [
      "a role by its name without its path",
      "role_arn = arn:aws:iam::210987654321:role/ci/deploy\nsource_profile = base\nmfa_serial = x\n",
      { accountId: "210987654321", role: "deploy", via: "base", hasMfa: true },
    ],
    [
      "the MFA of the role behind the role",
      "role_arn = arn:aws-cn:iam::210987654321:role/deploy\nsource_profile = behind\n[profile behind]\nrole_arn = y\nsource_profile = base\nmfa_serial = x\n",
      { accountId: "210987654321", hasMfa: true },
    ],
    [
      "where a machine's role comes from",
      "role_arn = arn:aws:iam::210987654321:role/deploy\ncredential_source = EcsContainer\n",
      { via: "EcsContainer" },
    ],
    [
      "a web identity's role",
      "role_arn = arn:aws:iam::210987654321:role/pod\nweb_identity_token_file = /t\n",
      { accountId: "210987654321", role: "pod" },
    ],
    [
      "the account of a login",
      "login_session = arn:aws:iam::210987654321:user/kim\n",
      { accountId: "210987654321" },
    ],
    [
      "the account beside a process",
      "credential_process = x\naws_account_id = 210987654321\n",
      { accountId: "210987654321" },
    ],
    ["no account that is none", `aws_account_id = 12\n${KEYS}`, { accountId: undefined }],
  ])("tells %s", async (_, settings, expected) => {
    files.write(`[profile dev]\n${settings}`);
    expect(await awsProfiles.listProfiles()).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: "dev", ...expected })]),
    );
  });

  it("lists last, with the reason, what the SDK leaves out", async () => {
    files.write(
      "[profile my team]\nregion = a\n[dev]\nregion = b\n[profile ok]\nregion = c\n[plugins]\nx = y\n",
      `[profile extra]\n${KEYS}[two words]\n${KEYS}`,
    );
    const config = { path: files.config };
    const credentials = { path: files.credentials };
    expect((await awsProfiles.listProfiles()).map(({ name, flaw }) => ({ name, flaw }))).toEqual([
      { name: "ok", flaw: undefined },
      { name: "my team", flaw: { ...config, line: 1, flaw: "space" } },
      { name: "dev", flaw: { ...config, line: 3, flaw: "prefix-missing" } },
      { name: "extra", flaw: { ...credentials, line: 1, flaw: "prefix-extra" } },
      { name: "two words", flaw: { ...credentials, line: 4, flaw: "space" } },
    ]);
  });

  it("says nothing of a flaw where the profile can be used all the same", async () => {
    files.write("[dev]\nregion = b\n", `[dev]\n${KEYS}`);
    const found = await awsProfiles.listProfiles();
    expect(found.map(({ name, flaw }) => ({ name, flaw }))).toEqual([
      { name: "dev", flaw: undefined },
    ]);
  });

  it.each([
    ["a byte order mark", "\uFEFF[profile dev]\nregion = eu-west-1\n"],
    ["Windows' line ends", "[profile dev]\r\nregion = eu-west-1\r\n"],
    ["keys that nobody knows", "[profile dev]\ncolour = blue\nregion = eu-west-1\nnonsense\n"],
    ["a comment behind the bracket", "[profile dev] # mine\nregion = eu-west-1\n"],
    ["an end in the middle of a line", "[profile dev]\nregion = eu-west-1\naws_access_k"],
  ])("reads a file with %s", async (_, text) => {
    files.write(text);
    expect(await awsProfiles.listProfiles()).toMatchObject([{ name: "dev", region: "eu-west-1" }]);
  });

  it("takes an empty file for no profiles", async () => {
    files.write("", "");
    expect(await awsProfiles.listProfiles()).toEqual([]);
  });

  it("refuses a file with an open bracket, as its keys would count for another profile", async () => {
    files.write(`[profile dev]\nregion = eu-west-1\n[profile prod\n${KEYS}`);
    await expect(awsProfiles.listProfiles()).rejects.toMatchObject({
      failure: { kind: "aws-file-malformed", path: files.config, line: 3 },
    });
  });

  it("refuses what can't be read rather than to show it as empty", async () => {
    mkdirSync(files.config);
    await expect(awsProfiles.listProfiles()).rejects.toMatchObject({
      failure: { kind: "aws-file-unreadable", path: files.config, reason: "it is a folder" },
    });
    rmdirSync(files.config);
    writeFileSync(files.config, "\uFEFF[profile dev]\n", "utf16le");
    await expect(awsProfiles.listProfiles()).rejects.toMatchObject({
      failure: { kind: "aws-file-unreadable", reason: "it is no UTF-8 text" },
    });
  });

  it("changes the fingerprint with what a profile is made from, and nothing else's", async () => {
    const role = "[profile dev]\nrole_arn = x\nsource_profile = base\nservices = here\n";
    const write = (region: string, port: number): void => {
      files.write(
        `${role}[profile base]\nregion = ${region}\n[profile other]\nregion = c\n[services here]\necr =\n  endpoint_url = http://127.0.0.1:${String(port)}\n`,
        `[base]\n${KEYS}`,
      );
    };
    const read = async (): Promise<readonly (string | undefined)[]> =>
      (await awsProfiles.listProfiles()).map(({ fingerprint }) => fingerprint);
    write("a", 1);
    const [dev, base, other] = await read();
    write("b", 1);
    const [devOfB, baseOfB, otherOfB] = await read();
    expect([devOfB === dev, baseOfB === base, otherOfB === other]).toEqual([false, false, true]);
    write("b", 2);
    const [devOf2, baseOf2] = await read();
    expect([devOf2 === devOfB, baseOf2 === baseOfB]).toEqual([false, true]);
  });
});
