import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchIcon } from "../../../../lib/domain/match/icon/match-icon.ts";
import { iconWeight } from "../../../../lib/domain/match/icon/weights.ts";

const ZERO = "0".repeat(64);
/** A hash with this many bits set. */
const ones = (bits: number) => ((1n << BigInt(bits)) - 1n).toString(16).padStart(64, "0");
const reference = (origin: string, phash?: string) => ({ sha256: `sha-of-${origin}`, phash, origin });

describe("an icon is matched against the brand's", () => {
  it("finds the same file, however near another one is", () => {
    const references = [reference("near", ZERO), reference("same")];
    expect(matchIcon({ sha256: "sha-of-same", phash: ZERO }, references)).toEqual({
      kind: "identical",
      reference: references[1],
      distance: 0,
    });
  });

  it("finds the nearest of similar ones", () => {
    const references = [reference("far", ones(40)), reference("near", ones(8)), reference("plain")];
    const match = matchIcon({ sha256: "x", phash: ZERO }, references);
    expect(match).toEqual({ kind: "similar", reference: references[1], distance: 8 });
  });

  it.each([
    ["nothing is near", { sha256: "x", phash: ZERO }, [reference("far", ones(120))]],
    ["the icon is too plain to hash", { sha256: "x" }, [reference("plain"), reference("near", ZERO)]],
    ["the brand has no icons", { sha256: "x", phash: ZERO }, []],
  ])("finds none when %s", (_, icon, references) => {
    expect(matchIcon(icon, references)).toBeUndefined();
  });

  it("finds a similar one exactly where its distance weighs something", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 256 }), (bits) => {
        const match = matchIcon({ sha256: "x", phash: ZERO }, [reference("one", ones(bits))]);
        expect(match !== undefined).toBe(iconWeight(bits) > 0);
      }),
    );
  });
});

describe("the weight of a distance", () => {
  it("never grows with the distance and ends at nothing", () => {
    for (let distance = 1; distance <= 256; distance += 1) {
      expect(iconWeight(distance)).toBeLessThanOrEqual(iconWeight(distance - 1));
    }
    expect(iconWeight(0)).toBeGreaterThan(4);
    expect(iconWeight(100)).toBe(0);
  });
});
