/** A line that begins a section, as it stands in a file. */
export interface IniSection {
  /** What is between the brackets. */
  readonly header: string;
  /** Counts from 1. */
  readonly line: number;
}

/** The sections of a text, and the first line that begins one without ending it. */
export interface IniOutline {
  readonly sections: readonly IniSection[];
  readonly brokenLine: number | undefined;
}

/**
 * Finds the sections of an AWS file by the SDK's own rules, which keep neither lines nor what they
 * leave out.
 *
 * Where a bracket is missing, the SDK gives the lines that follow to the section before, with their
 * keys; the AWS CLI refuses the file.
 * Source: https://github.com/smithy-lang/smithy-typescript/blob/main/packages/core/src/submodules/config/shared-ini-file-loader/parseIni.ts
 */
export function readIniOutline(text: string): IniOutline {
  const sections: IniSection[] = [];
  let brokenLine: number | undefined;
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const line = (whole.split(/(?:^|\s)[;#]/)[0] ?? "").trim();
    if (!line.startsWith("[")) continue;
    if (line.endsWith("]")) sections.push({ header: line.slice(1, -1), line: index + 1 });
    // A value may go on in lines of its own, which are indented.
    else if (!/^[ \t]/.test(whole)) brokenLine ??= index + 1;
  }
  return { sections, brokenLine };
}
