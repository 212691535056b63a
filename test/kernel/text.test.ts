import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, clip, defang, defangAll, printable } from "../../lib/kernel/text.ts";

describe("printable", () => {
  it.each([
    ["an escape sequence", "a\u001b[31mb", "a[31mb"],
    ["a right-to-left override", "abc\u202egpj.exe", "abcgpj.exe"],
    ["isolates", "\u2066x\u2069", "x"],
    ["line breaks", "one\r\ntwo\nthree", "one two three"],
    ["a lone surrogate", "a\ud800b", "a\ufffdb"],
  ])("makes %s harmless", (_, text, safe) => expect(printable(text)).toBe(safe));

  it("never lets a control character through and never grows", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 50 }), (text, max) => {
        const safe = printable(text, max);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the very thing that must be absent
        expect(safe).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(Array.from(safe).length).toBeLessThanOrEqual(max);
      }),
    );
  });
});

describe("clip", () => {
  it("cuts between code points and shows the cut", () => expect(clip("😀😀😀", 2)).toBe("😀…"));
  it("leaves short text alone", () => expect(clip("abc", 3)).toBe("abc"));
});

describe("defang", () => {
  it.each([
    ["https://evil.example/a.b?c=d.e", "hxxps://evil[.]example/a.b?c=d.e"],
    ["http://10.0.0.1", "hxxp://10[.]0[.]0[.]1"],
    ["evil.example/path", "evil[.]example/path"],
  ])("makes %s unclickable", (url, safe) => expect(defang(url)).toBe(safe));
});

describe("canonicalJson", () => {
  it("depends on the value alone, not on the order of its keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("text that a mail program must not make a link of", () => {
  it.each([
    ["https://evil.example/pay?x=1", "hxxps://evil[.]example/pay?x=1"],
    ["Pay at HTTP://Evil.Example now", "Pay at hxxp://Evil[.]Example now"],
    ["call evil.example today", "call evil[.]example today"],
    ["银行.中国", "银行[.]中国"],
    ["银行。中国", "银行[。]中国"],
    ["com.evil.app", "com[.]evil[.]app"],
    ["mail me@evil.example", "mail me[@]evil[.]example"],
    ["intent://scan/#Intent;scheme=x", "intent[:]//scan/#Intent;scheme=x"],
    ["Version 2.0.1, e.g. for you. Now", "Version 2.0.1, e.g. for you. Now"],
  ])("%s", (text, safe) => {
    expect(defangAll(text)).toBe(safe);
  });
});
