import { describe, expect, it } from "vitest";
import { pageHtml } from "../../../../src/ui/pages/pageHtml.js";
import { tryParsePageEvent } from "../../../../src/ui/pages/pageModel.js";

describe("tryParsePageEvent", () => {
  it("reads what a page says", () => {
    expect(tryParsePageEvent({ type: "ready", more: 1 })).toEqual({ type: "ready" });
    expect(tryParsePageEvent({ type: "press", action: "refresh" })).toEqual({
      type: "press",
      action: "refresh",
    });
    expect(tryParsePageEvent({ type: "choose", id: "platform", value: "x" })).toEqual({
      ...{ type: "choose", id: "platform", value: "x" },
    });
  });

  it("believes nothing else", () => {
    const messages = [
      ...[undefined, null, 7, "ready", [], {}, { type: "quit" }, { type: "press" }],
      ...[
        { type: "press", action: 7 },
        { type: "choose", id: "a" },
      ],
    ];
    for (const message of messages) expect(tryParsePageEvent(message)).toBeUndefined();
  });
});

describe("pageHtml", () => {
  const frame = { cspSource: "vscode-webview:", nonce: "n1", script: "s.js", style: "s.css" };

  it("allows no script without the nonce, and no address but its own files", () => {
    const html = pageHtml({ ...frame, title: "t" });
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
    expect(policy).toBe(
      "default-src &#39;none&#39;; style-src vscode-webview:; script-src &#39;nonce-n1&#39;",
    );
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('<script type="module" nonce="n1" src="s.js">');
  });

  it("takes names from outside for text", () => {
    const html = pageHtml({ ...frame, title: `</title><script>alert("1")</script>` });
    expect(html).toContain(
      "<title>&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;",
    );
  });
});
