import { describe, expect, it } from "vitest";
import { parseInstructions } from "../../../src/docker/dockerfileSource.js";

const starts = (source: string): string[] =>
  parseInstructions(source).map(({ line, text }) => `${line} ${text}`);

describe("parseInstructions", () => {
  it("counts lines from 1 and leaves notes and blank lines out", () => {
    expect(starts("\uFEFF# note\n\nFROM a\n  # note\n\tRUN b  \r\n\n")).toEqual([
      "3 FROM a",
      "5 RUN b",
    ]);
  });

  it("joins continued lines, over notes and blank lines", () => {
    const source = "RUN a \\\n  b \\  \n# note\n\n  c\nCMD d";
    expect(starts(source)).toEqual(["1 RUN a b c", "6 CMD d"]);
  });

  it("does not continue after an escaped backslash", () => {
    expect(starts("RUN a \\\\\nRUN b")).toEqual(["1 RUN a \\\\", "2 RUN b"]);
  });

  it("follows the escape directive, which stands before anything else", () => {
    expect(starts("# syntax=x\n# escape=`\nRUN a `\n  b\nRUN c\\\nRUN d")).toEqual([
      "3 RUN a b",
      "5 RUN c\\",
      "6 RUN d",
    ]);
    expect(starts("\n# escape=`\nRUN a `\nRUN b")).toEqual(["3 RUN a `", "4 RUN b"]);
  });

  it("finds nothing where there is no instruction", () => {
    expect(starts("")).toEqual([]);
    expect(starts("# escape=`\n\n   \n# note")).toEqual([]);
  });

  it("skips the lines of heredocs, of which an instruction may have several", () => {
    const source =
      "RUN <<EOF\nRUN no\n EOF\nEOF\nCOPY <<-a <<'b c' <<\"b\" /d/\nx\n\ta\ny\nb\nCMD d";
    expect(starts(source)).toEqual(["1 RUN <<EOF", "5 COPY <<-a <<'b c' <<\"b\" /d/", "10 CMD d"]);
  });

  it.each(["RUN cat <<< EOF", "RUN cat <<EOF", 'CMD ["<<EOF"]', "ENV A <<EOF", "RUN a<<EOF"])(
    "takes %s without an end for no heredoc",
    (line) => {
      expect(starts(`${line}\nRUN b`)).toEqual([`1 ${line}`, "2 RUN b"]);
    },
  );

  it("keeps a last line that is continued by nothing", () => {
    expect(starts("RUN a \\")).toEqual(["1 RUN a "]);
  });
});
