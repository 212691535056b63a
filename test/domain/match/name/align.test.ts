import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AlignedPart, alignNames, nearestName } from "../../../../lib/domain/match/name/align.ts";

/** `[lookalike m>rn]` for every step that is not the same letter. */
function drawn(parts: readonly AlignedPart[]): string {
  return parts.map(({ kind, ours, theirs }) => (kind === "same" ? theirs : `[${kind} ${ours}>${theirs}]`)).join("");
}

describe("two names side by side", () => {
  it.each([
    ["Northwind Bank", "northwind bank", "northwind bank"],
    ["Northwind Bank", "Nоrthwind Bаnk", "N[lookalike o>о]rthwind B[lookalike a>а]nk"],
    ["Acme Bank", "My Acrne Bank Pro", "[around >My ]Ac[lookalike m>rn]e Bank[around > Pro]"],
    ["Acme Bank", "Ac\u200bme Bank", "Ac[hidden >\u200b]me Bank"],
    ["Acme Bank", "AcmeBank", "Acme[missing  >]Bank"],
    ["Acme Bank", "A c m e Bank", "A[added > ]c[added > ]m[added > ]e Bank"],
    ["Acme Bank", "Acm3 Bank", "Acm[lookalike e>3] Bank"],
    ["北港银行", "北港銀行极速版", "北港[lookalike 银>銀]行[around >极速版]"],
    ["北港银行", "北巷银行", "北[other 港>巷]银行"],
  ])("%s and %s", (ours, theirs, expected) => {
    expect(drawn(alignNames(ours, theirs).parts)).toBe(expected);
  });

  it("shows every letter of both, in order, whatever they are", () => {
    const name = fc.string({ unit: "grapheme", maxLength: 30 });
    fc.assert(
      fc.property(name, name, (ours, theirs) => {
        const { parts } = alignNames(ours, theirs);
        expect(parts.map((part) => part.ours).join("")).toBe([...ours].slice(0, 80).join(""));
        expect(parts.map((part) => part.theirs).join("")).toBe([...theirs.slice(0, 320)].slice(0, 160).join(""));
      }),
    );
  });

  it("reads no more of a long name than it shows", () => {
    const { parts } = alignNames("x".repeat(10_000), "y".repeat(100_000));
    expect(parts.map(({ ours }) => ours).join("")).toHaveLength(80);
    expect(parts.map(({ theirs }) => theirs).join("")).toHaveLength(160);
  });

  it("finds the nearest of several names, and none where all are far", () => {
    const names = ["Northwind Harbor Bank", "NHB", "北港银行"];
    expect(nearestName(names, "北港银行客服")?.name).toBe("北港银行");
    expect(nearestName(names, "Northwind Harb0r Bank")?.name).toBe("Northwind Harbor Bank");
    expect(nearestName(names, "Sudoku Master")).toBeUndefined();
    expect(nearestName([], "Northwind")).toBeUndefined();
  });
});
