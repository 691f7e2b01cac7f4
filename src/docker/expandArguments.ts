/**
 * Fills in `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+instead}`; unknown names are empty.
 *
 * Source: https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expandArguments(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\\\$|\$(?:(\w+)|\{(\w+)(?::?([-+])([^}]*))?\})/g,
    (
      whole: string,
      plain: string | undefined,
      braced: string | undefined,
      operator: string | undefined,
      word: string | undefined,
    ) => {
      const name = plain ?? braced;
      if (name === undefined) return whole.slice(1);
      const value = values.get(name) ?? "";
      const instead = expandArguments(word ?? "", values);
      if (operator === "+") return value && instead;
      return value || (operator === "-" ? instead : "");
    },
  );
}
