import * as vscode from "vscode";
import { beforeEach, describe, expect, it } from "vitest";
import { noChoices } from "../../../../src/core/build/buildChoices.js";
import { ChoicesMemory } from "../../../../src/ui/buildOptions/choicesMemory.js";
import { InMemoryMemento } from "../../../fakes/inMemoryMemento.js";

const one = vscode.Uri.file("/shop/one/Dockerfile");
const two = vscode.Uri.file("/shop/two/Dockerfile");
const choices = {
  ...noChoices,
  target: "serve",
  typedArgs: ["API_TOKEN"],
  secrets: { pin: { kind: "typed" }, npm: { kind: "environment", name: "NPM_TOKEN" } },
} as const;

let state: InMemoryMemento;
beforeEach(() => {
  state = new InMemoryMemento();
});

describe("ChoicesMemory", () => {
  it("opens with what the Dockerfile says at first", () => {
    expect(new ChoicesMemory(state).recall(one)).toEqual({ choices: noChoices, image: undefined });
  });

  it("remembers the choices of each Dockerfile, over a new start as well", async () => {
    const image = { name: "shop:dev", context: "/shop" };
    await new ChoicesMemory(state).remember(one, { choices, image });
    await new ChoicesMemory(state).remember(two, { choices: noChoices });
    expect(new ChoicesMemory(state).recall(one)).toEqual({ choices, image });
    expect(new ChoicesMemory(state).recall(two)).toEqual({ choices: noChoices, image: undefined });
  });

  it("keeps the image's name over a push, which has none", async () => {
    const image = { name: "shop:dev", context: "/shop" };
    const memory = new ChoicesMemory(state);
    await memory.remember(one, { choices, image });
    await memory.remember(one, { choices: noChoices });
    expect(memory.recall(one)).toEqual({ choices: noChoices, image });
  });

  it.each([7, "text", [], null, { [one.toString()]: 7 }, { [one.toString()]: { choices: [] } }])(
    "opens with what the Dockerfile says where %j was kept",
    async (kept) => {
      await state.update("ecr.buildChoices", kept);
      const memory = new ChoicesMemory(state);
      expect(memory.recall(one)).toEqual({ choices: noChoices, image: undefined });
      await memory.remember(one, { choices });
      expect(memory.recall(one).choices).toEqual(choices);
    },
  );
});
