/** A text inside a Dockerfile that ends at a line of its own. */
export interface Heredoc {
  readonly end: string;
  /** The end may stand behind tabs. */
  readonly takesTabs: boolean;
}

const TAKES_HEREDOCS = /^(?:ONBUILD\s+)?(?:RUN|COPY|ADD)\s/i;
/** `<<EOF`, `<<-EOF`, `3<<"EOF"`, but not the shell's `<<<`. */
const HEREDOC = /(?:^|\s)\d*<<(-?)(?:"([^"<\s]+)"|'([^'<\s]+)'|([^"'<\s]+))(?=\s|$)/g;

/**
 * Finds the heredocs that an instruction begins.
 *
 * Rules: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
 */
export function findHeredocs(instruction: string): readonly Heredoc[] {
  if (!TAKES_HEREDOCS.test(instruction)) return [];
  return [...instruction.matchAll(HEREDOC)].map(([, dash, double, single, bare]) => ({
    end: double ?? single ?? bare ?? "",
    takesTabs: dash === "-",
  }));
}

/** Tells whether a line is the end of a heredoc. */
export function endsHeredoc({ end, takesTabs }: Heredoc, line: string): boolean {
  return (takesTabs ? line.replace(/^\t+/, "") : line) === end;
}
