import { describe, expect, it } from "vitest";
import { makeGitLabels, type SourceFacts } from "../../../../src/core/build/gitLabels.js";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const clean: SourceFacts = {
  commit: COMMIT,
  committedAt: new Date("2026-01-02T03:04:05.678Z"),
  isDirty: false,
  remoteUrl: "https://github.com/team/api.git",
};
const SOURCE = "org.opencontainers.image.source";

describe("labels from git", () => {
  it("are the commit, its time and its repository", () => {
    expect(makeGitLabels(clean)).toEqual({
      "org.opencontainers.image.created": "2026-01-02T03:04:05Z",
      "org.opencontainers.image.revision": COMMIT,
      [SOURCE]: "https://github.com/team/api.git",
    });
  });

  it("say that files differ from the commit, and no time, so that they stay the same", () => {
    expect(makeGitLabels({ ...clean, isDirty: true })).toEqual({
      "org.opencontainers.image.revision": `${COMMIT}-dirty`,
      [SOURCE]: "https://github.com/team/api.git",
    });
  });

  it("are none without a commit", () => {
    expect(makeGitLabels({ ...clean, commit: undefined })).toEqual({});
  });

  it("leave out what git does not tell", () => {
    const unknown = { ...clean, committedAt: undefined, remoteUrl: undefined };
    expect(makeGitLabels(unknown)).toEqual({ "org.opencontainers.image.revision": COMMIT });
  });

  it.each([
    ["https://kim:ghp_secret@github.com/team/api.git", "https://github.com/team/api.git"],
    ["https://ghp_secret@github.com/team/api.git", "https://github.com/team/api.git"],
    ["https://host.example/api?private_token=secret#secret", "https://host.example/api"],
    ["http://oauth2:secret@host.example:8080/a", "http://host.example:8080/a"],
    ["ssh://git:secret@host.example:22/team/api", "ssh://git@host.example:22/team/api"],
    ["git@github.com:team/api.git", "git@github.com:team/api.git"],
    ["github.com:team/api.git", "github.com:team/api.git"],
    ["git:secret@github.com:team/api.git", undefined],
    ["/home/kim/api", undefined],
    ["../api", undefined],
    ["C:\\code\\api", undefined],
    ["C:/code/api", undefined],
    ["file:///home/kim/api", undefined],
    ["ext::sh -c secret", undefined],
    ["https://", undefined],
  ])("name the repository %s as %s", (remoteUrl, source) => {
    const labels = makeGitLabels({ ...clean, remoteUrl });
    expect(labels[SOURCE]).toBe(source);
    expect(JSON.stringify(labels)).not.toContain("secret");
  });
});
