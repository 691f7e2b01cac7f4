import { describe, expect, it } from "vitest";
import type { BuildOptions } from "../../../../src/core/enginePorts.js";
import {
  type ContextSources,
  findContextSources,
} from "../../../../src/docker/context/contextSources.js";
import { parseInstructions } from "../../../../src/docker/dockerfileSource.js";

function sourcesOf(dockerfile: string, options: BuildOptions = {}): ContextSources {
  return findContextSources(parseInstructions(dockerfile), options);
}

/** What a Dockerfile takes: `everything`, or paths. */
function taken(dockerfile: string, options?: BuildOptions): readonly string[] | string {
  return sourcesOf(dockerfile, options).paths ?? "everything";
}

describe("what a Dockerfile takes from its context", () => {
  it.each([
    ["nothing without COPY", "FROM a\nRUN ls", []],
    ["what COPY names", "FROM a\nCOPY src/ package.json /app/", ["package.json", "src"]],
    ["everything with a dot", "FROM a\nCOPY src /\nCOPY . /app", "everything"],
    ["everything with a slash", "FROM a\nCOPY / /app", "everything"],
    ["everything with a dot and a slash", "FROM a\nCOPY ./ /app", "everything"],
    ["what ADD names", "FROM a\nADD model.tar /", ["model.tar"]],
    ["a JSON list", 'FROM a\nCOPY ["my file", "b", "/x/"]', ["b", "my file"]],
    ["patterns as they are", "FROM a\nCOPY *.py a?b lib/[ab]* /x", ["*.py", "a?b", "lib/[ab]*"]],
    ["nothing above the context", "FROM a\nCOPY ../../etc/x /", ["etc/x"]],
    ["paths without their quotes", "FROM a\nCOPY \"src\" 'b' /app", ["b", "src"]],
    ["nothing for what another stage has", "FROM a AS b\nFROM c\nCOPY --from=b . /", []],
    ["flags are no paths", "FROM a\nCOPY --chown=1:1 --link --chmod=0755 src /", ["src"]],
    ["nothing from the network", "FROM a\nADD https://x/y.tar git@x:y/z.git /", []],
    ["nothing for a heredoc", "FROM a\nCOPY <<EOF /x\nCOPY . /\nEOF\nCOPY b /", ["b"]],
    ["nothing in a script", "FROM a\nRUN <<'END' bash\nCOPY . /\nEND\nCOPY b /", ["b"]],
    ["what an open heredoc hides", "FROM a\nRUN echo <<EOF\nCOPY b /", ["b"]],
    ["a bind mount", "FROM a\nRUN --mount=type=bind,source=req.txt,target=/r pip", ["req.txt"]],
    ["all, by a bind mount without source", "FROM a\nRUN --mount=target=/r pip", "everything"],
    ["nothing by mounts of other kinds", "FROM a\nRUN --mount=type=cache,target=/c ls", []],
    ["nothing by secrets", "FROM a\nRUN --mount=type=secret,id=x cat\nCOPY b /", ["b"]],
    ["nothing for memory alone", "FROM a\nRUN --mount=type=tmpfs,target=/t ls", []],
    ["words in any case", "from a\ncopy b c\nonbuild copy . /", ["b"]],
    ["continued lines", "FROM a\nCOPY src \\\n  # why\n  lib \\\n  /app", ["lib", "src"]],
  ])("is %s", (_, dockerfile, expected) => {
    expect(taken(dockerfile)).toEqual(expected);
  });

  it("is what the stages take that are built", () => {
    const dockerfile =
      "FROM a AS deps\nCOPY deps /\nFROM a AS test\nCOPY test /\nFROM deps AS app\nCOPY app /\n" +
      "FROM a\nCOPY --from=app / /\nRUN --mount=from=3,target=/m ls\nFROM a\nCOPY --from=3 / /";
    expect(taken(dockerfile)).toEqual(["app", "deps"]);
    expect(taken(dockerfile, { target: "TEST" })).toEqual(["test"]);
    expect(taken(dockerfile, { target: "0" })).toEqual(["deps"]);
    expect(taken(dockerfile, { target: "none" })).toEqual(["app", "deps"]);
  });

  it("is not what a stage takes whose place a further context takes", () => {
    const dockerfile = "FROM a AS b\nCOPY x /\nFROM b\nCOPY y /";
    const contexts = { b: { kind: "folder", path: "/other" } } as const;
    expect(taken(dockerfile, { contexts })).toEqual(["y"]);
  });

  it("is what a stage's triggers take where another stage begins with it", () => {
    const dockerfile = "FROM a AS b\nONBUILD COPY late /\nFROM b\nCOPY c /";
    expect(taken(dockerfile)).toEqual(["c", "late"]);
    expect(taken(dockerfile, { target: "b" })).toEqual([]);
  });

  it("counts the values of variables", () => {
    const jar = "FROM a\nARG JAR=target/*.jar\nCOPY ${JAR} app.jar";
    expect(taken(jar)).toEqual(["target/*.jar"]);
    expect(taken(jar, { buildArgs: { JAR: "x.jar" } })).toEqual(["x.jar"]);
    expect(taken("ARG D=src\nFROM a\nARG D\nENV E=$D/e F f\nCOPY $E ${F:-g} /")).toEqual([
      "g",
      "src/e",
    ]);
    expect(taken("FROM a AS b\nENV DIR lib\nFROM b\nCOPY $DIR /")).toEqual(["lib"]);
    expect(taken("ARG KIND=b\nFROM a AS b-x\nCOPY x /\nFROM $KIND-x")).toEqual(["x"]);
  });

  it("takes a variable without a value for anything", () => {
    expect(taken("FROM a\nCOPY bin/$TARGETARCH/app /")).toEqual(["bin/*/app"]);
    expect(taken("FROM a\nCOPY ${WHERE}/app /")).toBe("everything");
    expect(taken("FROM a AS b\nCOPY b /\nFROM $WHICH")).toEqual(["b"]);
  });

  it("tells for people which instructions it is", () => {
    const dockerfile = "FROM a\nCOPY --link . /x\nADD b /\nCOPY . /y\nRUN --mount=target=/c ls";
    expect(sourcesOf(dockerfile).sentBy).toEqual(["COPY .", "ADD b", "RUN --mount ."]);
  });
});
