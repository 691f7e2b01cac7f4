import { describe, expect, it } from "vitest";
import { visibleText } from "../../../src/core/visibleText.js";

describe("visibleText", () => {
  it("leaves ordinary text of any language as it is", () => {
    const text = "RUN echo 'naïve' && printf \"日本語\\t🐳\"\n\tnext";
    expect(visibleText(text)).toBe(text);
  });

  it("writes out what a terminal would do, and what turns a text around", () => {
    expect(visibleText("\u001b[31mred\u0007\u007f\u0085")).toBe("␛[31mred␇␡⟨U+0085⟩");
    expect(visibleText("a\u202egpj.exe\u2066b\u200fc\ufeff")).toBe(
      "a⟨U+202E⟩gpj.exe⟨U+2066⟩b⟨U+200F⟩c⟨U+FEFF⟩",
    );
    expect(visibleText("one\rtwo\u2028three")).toBe("one␍two⟨U+2028⟩three");
  });

  it("leaves markup to be shown as the text that it is", () => {
    expect(visibleText("<img src=x onerror=alert(1)> [a](command:b)")).toBe(
      "<img src=x onerror=alert(1)> [a](command:b)",
    );
  });

  it("cuts what nobody reads to its end, says the length and halves no character", () => {
    expect(visibleText("x".repeat(100_000))).toBe(`${"x".repeat(2000)}… (100000)`);
    expect(visibleText("🐳🐳", 3)).toBe("🐳… (4)");
    expect(visibleText("abc", 3)).toBe("abc");
  });
});
