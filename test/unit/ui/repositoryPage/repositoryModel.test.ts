import { describe, expect, it, vi } from "vitest";
import { EcrError } from "../../../../src/core/errors.js";
import type { RepositoryParts } from "../../../../src/core/repositories/repositoryFacts/readRepositoryParts.js";
import {
  makeHead,
  makeSection,
  outcomeOf,
  type RepositoryState,
} from "../../../../src/ui/repositoryPage/repositoryModel.js";
import { pressRemedy } from "../../../../src/ui/details/partBlocks.js";
import { image } from "../../core/changes/cleanUp/images.js";

const NOW = new Date("2026-06-30T12:00:00Z");
const contents: RepositoryParts["contents"] = {
  images: [
    image("a", { tags: ["1"], sizeBytes: 3e6, pushedAt: new Date("2026-06-29T12:00:00Z") }),
    image("b", { sizeBytes: 1e6, pushedAt: new Date("2026-05-01T12:00:00Z") }),
  ],
  manifests: new Map(),
  manifestError: undefined,
  isComplete: true,
};
const denied = new EcrError({
  kind: "access-denied",
  action: "ecr:GetRepositoryPolicy",
  resource: undefined,
  principal: undefined,
});
const state: RepositoryState = {
  name: "team/api",
  registry: "dev · eu-west-1",
  isReading: false,
  parts: { contents: { state: "known", value: contents } },
  preview: { state: "none" },
};

function textOf(
  ...[id, more = {}]: [Parameters<typeof makeSection>[0], Partial<RepositoryState>?]
): string {
  return JSON.stringify(makeSection(id, { ...state, ...more }, () => ({ retry: vi.fn() }), NOW));
}

describe("the head", () => {
  it("counts the images, and says while it counts", () => {
    expect(makeHead(state).status).toBe("2 images.");
    const growing = { state: "known", value: { ...contents, isComplete: false } } as const;
    expect(makeHead({ ...state, parts: { contents: growing } }).status).toBe("2 images so far…");
    expect(makeHead({ ...state, parts: {}, isReading: true }).status).toBe("Reading…");
  });

  it("says that the repository is gone", () => {
    const parts = { repository: { state: "known", value: undefined } } as const;
    expect(makeHead({ ...state, parts }).status).toBe("team/api is not there any more.");
  });
});

describe("the sections", () => {
  it("tell sizes with the warning that layers are shared", () => {
    const text = textOf("storage");
    expect(text).toContain("Images share layers, which ECR stores once");
    expect(text).toContain("up to 4 MB");
    expect(text).toContain("1 image · 3 MB");
    expect(textOf("pushes")).toContain("2 images of the last 26 weeks are there");
  });

  it("degrade by themselves, with the missing action and a button", () => {
    const press = vi.fn();
    const parts = { ...state.parts, repositoryPolicy: { state: "failed", error: denied } } as const;
    const failed = { ...state, parts };
    const actionsOf = (): { "copy-policy": () => void } => ({ "copy-policy": press });
    const { blocks } = makeSection("access", failed, actionsOf, NOW);
    expect(blocks[0]).toMatchObject({
      tone: "error",
      text: expect.stringContaining("ecr:GetRepositoryPolicy") as string,
    });
    const action = "remedy/repositoryPolicy/copy-policy";
    expect(blocks[1]).toMatchObject({ buttons: [{ action, label: "Copy IAM Policy" }] });
    const find = (part: string) => outcomeOf(failed, part);
    pressRemedy(action, find, actionsOf);
    expect(press).toHaveBeenCalledOnce();
    pressRemedy("remedy/nothing/copy-policy", find, actionsOf);
    pressRemedy("remedy/contents/copy-policy", find, actionsOf);
    expect(press).toHaveBeenCalledOnce();
  });

  it("say what is not known where manifests can't be read", () => {
    const value = { ...contents, manifestError: denied };
    const text = textOf("storage", { parts: { contents: { state: "known", value } } });
    expect(text).toContain("Which images belong together is not known");
    expect(text).toContain("remedy/manifests/retry");
    expect(text).toContain("1 image · 3 MB");
  });

  it("say what a policy would do, and what went wrong with trying it out", () => {
    const parts = { lifecyclePolicy: { state: "known", value: '{"rules":[]}' } } as const;
    const outcome = {
      expiring: 1,
      archiving: 2,
      isComplete: true,
      effects: [
        {
          digest: "sha256:aa11",
          tags: ["<b>1</b>"],
          pushedAt: undefined,
          effect: "expire" as const,
          rulePriority: 3,
        },
      ],
      sizes: new Map([["sha256:aa11", 2e6]]),
    };
    const known = textOf("lifecycle", { parts, preview: { state: "known", outcome } });
    expect(known).toContain("1 image (2 MB) would expire, and 2 images would be archived.");
    expect(known).toContain("<b>1</b>");
    const failure = new EcrError({
      kind: "lifecycle-preview-failed",
      repository: "team/api",
      why: "gave-up",
    });
    const failed = textOf("lifecycle", { parts, preview: { state: "failed", error: failure } });
    expect(failed).toContain("ECR could not tell what the lifecycle policy would do");
    expect(failed).toContain("remedy/preview/retry");
    const none = textOf("lifecycle", {
      parts: { lifecyclePolicy: { state: "known", value: undefined } },
    });
    expect(none).toContain("Add Lifecycle Policy");
  });
});
