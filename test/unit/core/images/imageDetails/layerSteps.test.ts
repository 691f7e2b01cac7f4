import { describe, expect, it } from "vitest";
import {
  hideValues,
  instructionOf,
} from "../../../../../src/core/images/imageDetails/instruction.js";
import {
  joinLayers,
  largestLayers,
} from "../../../../../src/core/images/imageDetails/layerSteps.js";

const layer = (digest: string, sizeBytes: number) => ({ digest, sizeBytes, mediaType: undefined });
const step = (createdBy: string, isEmpty = false) => {
  return { createdBy, isEmpty, createdAt: undefined, comment: undefined };
};

describe("instructionOf", () => {
  it.each([
    ["RUN /bin/sh -c apk add curl # buildkit", "RUN apk add curl"],
    ["RUN |2 TOKEN=s3cret B=two words /bin/sh -c make all # buildkit", "RUN make all"],
    ["|1 TOKEN=s3cret /bin/sh -c make", "RUN make"],
    ["RUN |1 TOKEN=s3cret /bin/bash -c make # buildkit", "RUN …"],
    ["RUN |1 A=/bin/sh -c s3cret /bin/sh -c make # buildkit", "RUN make"],
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
    ["/bin/sh -c #(nop) COPY dir:12ab in /app ", "COPY dir:12ab in /app"],
    ["/bin/sh -c echo hi", "RUN echo hi"],
    ["COPY . /app # buildkit", "COPY . /app"],
    ["RUN /bin/bash -o pipefail -c make # buildkit", "RUN /bin/bash -o pipefail -c make"],
    ["", ""],
  ])("makes of %j %j", (createdBy, instruction) => {
    expect(instructionOf(createdBy)).toBe(instruction);
  });

  it("never shows the value of a build argument", () => {
    for (const before of ["RUN |1 ", "|1 ", "RUN |9 "]) {
      for (const shell of ["/bin/sh -c ", "/bin/bash -c ", "cmd /S /C ", ""]) {
        expect(instructionOf(`${before}TOKEN=s3cret ${shell}x # buildkit`)).not.toContain("s3cret");
      }
    }
  });
});

describe("hideValues", () => {
  it.each([
    ["ENV TOKEN=s3cret", "ENV TOKEN=…"],
    ["ENV TOKEN s3cret", "ENV TOKEN=…"],
    ["env A=1 TOKEN=s3cret", "env A=…"],
    ['ARG TOKEN="a b"', "ARG TOKEN=…"],
    ["ARG TOKEN", "ARG TOKEN"],
    ["COPY ENV=1 /x", "COPY ENV=1 /x"],
  ])("makes of %j %j", (instruction, hidden) => {
    expect(hideValues(instruction)).toBe(hidden);
  });
});

describe("joinLayers", () => {
  it("gives each layer the step that made it, and steps without a layer none", () => {
    const { steps, isJoined } = joinLayers(
      [layer("a", 5), layer("b", 9)],
      [step("FROM x"), step("ENV A=1", true), step("COPY . /")],
    );
    expect(isJoined).toBe(true);
    expect(
      steps.map(({ number, layer: made, instruction }) => [number, made?.digest, instruction]),
    ).toEqual([
      [1, "a", "FROM x"],
      [undefined, undefined, "ENV A=1"],
      [2, "b", "COPY . /"],
    ]);
  });

  it("guesses nothing where history and layers don't fit", () => {
    const joined = joinLayers([layer("a", 5), layer("b", 9)], [step("COPY . /")]);
    expect(joined.isJoined).toBe(false);
    expect(joined.steps.map(({ layer: made, instruction }) => [made?.digest, instruction])).toEqual(
      [
        [undefined, "COPY . /"],
        ["a", ""],
        ["b", ""],
      ],
    );
    expect(joinLayers([layer("a", 1)], []).steps).toHaveLength(1);
  });

  it("lists layers by size without changing their order elsewhere", () => {
    const joined = joinLayers([layer("a", 5), layer("b", 9)], [step("A"), step("B")]);
    expect(largestLayers(joined).map(({ number }) => number)).toEqual([2, 1]);
    expect(joined.steps.map(({ number }) => number)).toEqual([1, 2]);
  });
});
