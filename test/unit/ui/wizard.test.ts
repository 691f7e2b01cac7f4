import { describe, expect, it } from "vitest";
import {
  mapAnswer,
  runWizard,
  type Step,
  type StepAnswer,
  type StepPosition,
} from "../../../src/ui/wizard.js";

interface Answers {
  readonly given: readonly string[];
  readonly skip: readonly string[];
}

/** A person who gives these replies in turn, `back` and `leave` among them, and what was asked. */
class Person {
  readonly asked: string[] = [];
  readonly #replies: string[];

  constructor(...replies: string[]) {
    this.#replies = replies;
  }

  reply(question: string, { step, totalSteps, canGoBack }: StepPosition): StepAnswer<string> {
    this.asked.push(`${question} ${step}/${totalSteps}${canGoBack ? " back" : ""}`);
    const reply = this.#replies.shift();
    if (reply === undefined) throw new Error(`nobody answers ${question}`);
    if (reply === "back") return { kind: "back" };
    return reply === "leave" ? { kind: "cancelled" } : { kind: "answer", value: reply };
  }
}

function question(name: string, person: Person): Step<Answers> {
  return {
    isNeeded: ({ skip }) => !skip.includes(name),
    ask: (answers, position) =>
      Promise.resolve(
        mapAnswer(person.reply(name, position), (value) => ({
          given: [...answers.given, `${name}=${value}`],
          // The answer "skip:x" makes the question x needless.
          skip: value.startsWith("skip:") ? [...answers.skip, value.slice(5)] : answers.skip,
        })),
      ),
  };
}

async function run(person: Person, skip: readonly string[] = []): Promise<Answers | undefined> {
  const steps = ["a", "b", "c"].map((name) => question(name, person));
  return await runWizard("Push to ECR", steps, { given: [], skip });
}

describe("runWizard", () => {
  it("asks in order and counts the steps", async () => {
    const person = new Person("1", "2", "3");
    expect((await run(person))?.given).toEqual(["a=1", "b=2", "c=3"]);
    expect(person.asked).toEqual(["a 1/3", "b 2/3 back", "c 3/3 back"]);
  });

  it("leaves out what needs no answer, and does not count it", async () => {
    const person = new Person("1", "3");
    expect((await run(person, ["b"]))?.given).toEqual(["a=1", "c=3"]);
    expect(person.asked).toEqual(["a 1/2", "c 2/2 back"]);
  });

  it("asks nothing when nothing is needed", async () => {
    const person = new Person();
    expect((await run(person, ["a", "b", "c"]))?.given).toEqual([]);
    expect(person.asked).toEqual([]);
  });

  it("counts anew when an answer makes a later question needless", async () => {
    const person = new Person("skip:c", "2");
    expect((await run(person))?.given).toEqual(["a=skip:c", "b=2"]);
    expect(person.asked).toEqual(["a 1/3", "b 2/2 back"]);
  });

  it("goes back to the question before and forgets its answer", async () => {
    const person = new Person("1", "back", "4", "2", "3");
    expect((await run(person))?.given).toEqual(["a=4", "b=2", "c=3"]);
    expect(person.asked).toEqual(["a 1/3", "b 2/3 back", "a 1/3", "b 2/3 back", "c 3/3 back"]);
  });

  it("goes back over a question that was left out", async () => {
    const person = new Person("1", "back", "4", "3");
    expect((await run(person, ["b"]))?.given).toEqual(["a=4", "c=3"]);
    expect(person.asked).toEqual(["a 1/2", "c 2/2 back", "a 1/2", "c 2/2 back"]);
  });

  it("asks again what only the answer before had made needless", async () => {
    const person = new Person("skip:b", "back", "1", "2", "3");
    expect((await run(person))?.given).toEqual(["a=1", "b=2", "c=3"]);
  });

  it.each([
    ["the first question", ["leave"]],
    ["a later question", ["1", "leave"]],
    ["back from the first question", ["back"]],
  ] as const)("returns nothing when the person leaves at %s", async (_, replies) => {
    expect(await run(new Person(...replies))).toBeUndefined();
  });

  it("passes the title on, and what a question throws", async () => {
    const titles: string[] = [];
    const step: Step<Answers> = {
      isNeeded: () => true,
      ask: (_, { title }) => {
        titles.push(title);
        return Promise.reject(new Error("broken"));
      },
    };
    const running = runWizard("Tag Image", [step], { given: [], skip: [] });
    await expect(running).rejects.toThrow("broken");
    expect(titles).toEqual(["Tag Image"]);
  });
});
