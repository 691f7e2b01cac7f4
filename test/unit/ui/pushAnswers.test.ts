import * as vscode from "vscode";
import { beforeEach, describe, expect, it } from "vitest";
import { AnswerMemory, type PushAnswers } from "../../../src/ui/pushAnswers.js";
import { InMemoryMemento } from "../../fakes/inMemoryMemento.js";

const one = vscode.Uri.file("/shop/one/Dockerfile");
const two = vscode.Uri.file("/shop/two/Dockerfile");

function answersFor(repository: string): PushAnswers {
  return {
    registry: { profile: "dev", region: "eu-west-1", endpoint: undefined },
    repository,
    tags: [{ tag: "1.0", source: "typed" }],
    runsOn: "containers-amd64",
    context: "/shop/one",
  };
}

let state: InMemoryMemento;
let memory: AnswerMemory;
beforeEach(() => {
  state = new InMemoryMemento();
  memory = new AnswerMemory(state);
});

describe("AnswerMemory", () => {
  it("knows nothing at first", () => {
    expect(memory.recall(one)).toBeUndefined();
    expect(memory.lastDockerfile()).toBeUndefined();
  });

  it("remembers the answers of each Dockerfile, over a new start as well", async () => {
    await memory.remember(one, answersFor("one"));
    await memory.remember(two, answersFor("two"));
    const later = new AnswerMemory(state);
    expect(later.recall(one)?.repository).toBe("one");
    expect(later.recall(two)?.tags).toEqual([{ tag: "1.0", source: "typed" }]);
  });

  it.each([
    ["linux/amd64", "containers-amd64"],
    ["linux/arm64", "containers-arm64"],
    ["engine", "anything"],
  ])("takes the platform %s of earlier versions for %s", async (platform, runsOn) => {
    const { registry, repository, tags, context } = answersFor("one");
    const earlier = { registry, repository, tags, context };
    await state.update("ecr.pushAnswers", { [one.toString()]: { ...earlier, platform } });
    expect(memory.recall(one)).toEqual({ ...earlier, runsOn });
  });

  it("knows which Dockerfile was the last, when it was pushed before as well", async () => {
    await memory.remember(one, answersFor("one"));
    await memory.remember(two, answersFor("two"));
    expect(memory.lastDockerfile()).toBe(two.toString());
    await memory.remember(one, answersFor("other"));
    expect(memory.lastDockerfile()).toBe(one.toString());
    expect(memory.recall(one)?.repository).toBe("other");
  });
});
