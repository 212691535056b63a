import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shownParts } from "../../../lib/entry/console/untrusted.ts";

const shown = (text: string, max = 100) =>
  shownParts(text, max)
    .map((part) => ("text" in part ? part.text : `⟨${part.hidden}⟩`))
    .join("");

describe("an attacker's text on a page", () => {
  it.each([
    ["North wind\n\tBank", "North wind  Bank"],
    ["No\u200brth", "No⟨U+200B⟩rth"],
    ["\u202eknaB", "⟨U+202E⟩knaB"],
    ["a\u0000b", "a⟨U+0000⟩b"],
    ["a\ud800b", "a\ufffdb"],
    ["❤️ Bank", "❤ Bank"],
    [`e${"\u0301".repeat(9)}`, "e\u0301\u0301"],
    ["\u{e0041}\u{e0042}", "⟨U+E0041⟩⟨U+E0042⟩"],
    ["\u3164", "⟨U+3164⟩"],
    ["银行", "银行"],
  ])("%j is shown as %j", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it("is cut, and hidden letters beyond a dozen are counted", () => {
    expect(shown("Northwind", 5)).toBe("Nort…");
    expect(shown("\u200b".repeat(40), 60)).toBe(`${"⟨U+200B⟩".repeat(12)}⟨+28⟩`);
  });

  it("never puts a character on the page that has no shape of its own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const letters = shownParts(text, 200).map((part) => ("text" in part ? part.text : ""));
        expect(letters.join("")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });
});
