import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPersonName, personName, samePerson } from "../../../lib/domain/desk/person.ts";

describe("a person's name", () => {
  it.each([
    ["ada", "ada"],
    ["ada@bank.example", "ada@bank.example"],
    ["  Ada \t Lovelace ", "Ada Lovelace"],
    ["Ada\u00a0\u3000Lovelace", "Ada Lovelace"],
    ["Jose\u0301", "Jos\u00e9"],
    ["安娜", "安娜"],
    ["7", "7"],
    ["scanner", "scanner"],
    ["x".repeat(200), "x".repeat(200)],
  ])("%j is written %j", (text, name) => {
    expect(personName(text)).toBe(name);
    expect(isPersonName(name)).toBe(true);
    expect(isPersonName(text)).toBe(text === name);
  });

  it.each([
    ["nothing", ""],
    ["space", " \u3000"],
    ["signs alone", "...@-"],
    ["a control character", "ada\u0000"],
    ["a character that turns the rest around", "ada\u202e"],
    ["a mark of direction", "ada\u200f"],
    ["a character of no width", "a\u200bda"],
    ["a joiner of graphemes", "a\u034fda"],
    ["a filler", "ada\u3164"],
    ["a selector of variants", "ada\ufe0f"],
    ["braille's blank", "ada\u2800"],
    ["a tag", "ada\u{e0061}"],
    ["half a character", "ada\ud800"],
    ["the scanner", "scan"],
    ["the scanner in capitals", "SCAN"],
    ["the scanner in wide letters", "ｓｃａｎ"],
    ["the scanner with a long s", "ſcan"],
    ["the scanner with a soft hyphen", "sc\u00adan"],
    ["the scanner with space around", " scan "],
    ["a text too long", "x".repeat(201)],
  ])("is not %s", (_, text) => {
    expect(personName(text)).toBeUndefined();
    expect(isPersonName(text)).toBe(false);
  });

  it.each([undefined, null, 7, ["ada"], { name: "ada" }])("is a text, and not %j", (claim) => {
    expect(isPersonName(claim)).toBe(false);
  });

  it("has one form, which is its own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const name = personName(text);
        if (name === undefined) return;
        expect(personName(name)).toBe(name);
        expect(samePerson(name, text)).toBe(true);
        expect(samePerson(name, "scan")).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("two names", () => {
  it.each([
    ["Olga", "olga"],
    ["olga", "olga "],
    ["Ｏｌｇａ", "olga"],
    ["olga p", "OLGA \u00a0 P"],
    ["ol\u200bga", "olga"],
    ["Weiß", "WEISS"],
    ["Jose\u0301", "JOS\u00c9"],
  ])("%j and %j are of one person", (a, b) => {
    expect(samePerson(a, b)).toBe(true);
    expect(samePerson(b, a)).toBe(true);
  });

  it.each([
    ["olga", "helga"],
    ["olga p", "olgap"],
    ["", "olga"],
    ["José", "Jose"],
  ])("%j and %j are of two", (a, b) => {
    expect(samePerson(a, b)).toBe(false);
  });
});
