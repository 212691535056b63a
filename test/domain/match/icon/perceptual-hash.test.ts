import fc from "fast-check";
import type { Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { decodeIcon } from "../../../../lib/domain/match/icon/decode.ts";
import { hashDistance, perceptualHash } from "../../../../lib/domain/match/icon/perceptual-hash.ts";
import { drawing, image, otherDrawing } from "./images.ts";

async function hashOf(picture: Sharp): Promise<string | undefined> {
  const icon = await decodeIcon(await picture.toBuffer());
  if (!icon.ok) throw new Error(icon.error);
  return perceptualHash(icon.value);
}

const mark = (await hashOf(image(drawing()).png())) as string;
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);

describe("the perceptual hash of an icon", () => {
  it("has 64 hex digits, half of the bits set", () => {
    expect(mark).toMatch(/^[0-9a-f]{64}$/);
    expect(hashDistance(mark, "0".repeat(64))).toBe(128);
  });

  it.each([
    ["brighter", image(drawing()).png().modulate({ brightness: 1.25 })],
    ["darker", image(drawing()).png().modulate({ brightness: 0.75 })],
    ["small", image(drawing()).resize(48, 48).png()],
    ["large", image(drawing()).resize(700, 700).png()],
    ["a poor JPEG", image(drawing()).jpeg({ quality: 30 })],
    ["in other colours of like lightness", image(drawing({ plate: "#5a2a55", ink: "#e5c9a0" })).png()],
  ])("stays near when the icon is %s", async (_, changed) => {
    expect(hashDistance(mark, (await hashOf(changed)) as string)).toBeLessThanOrEqual(29);
  });

  it("is far from another mark's", async () => {
    expect(hashDistance(mark, (await hashOf(image(otherDrawing()).png())) as string)).toBeGreaterThan(57);
  });

  it("sees a transparent ground as white", async () => {
    const clear = await hashOf(image(drawing({ plate: "none" })).png());
    expect(clear).toBe(await hashOf(image(drawing({ plate: "#fff" })).png()));
  });

  it.each([
    ["one colour", '<rect width="256" height="256" fill="#c00"/>'],
    ["nothing", ""],
    [
      "a smooth gradient",
      '<linearGradient id="g"><stop stop-color="#036"/><stop offset="1" stop-color="#9cf"/></linearGradient>' +
        '<rect width="256" height="256" fill="url(#g)"/>',
    ],
  ])("is undefined for %s", async (_, body) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256">${body}</svg>`;
    expect(await hashOf(image(svg).png())).toBeUndefined();
  });

  it("throws for pixels that are no square, which only a programmer can give", () => {
    expect(() => perceptualHash({ pixels: new Uint8Array(8), width: 2, height: 1 })).toThrow(RangeError);
  });
});

describe("the distance of two hashes", () => {
  it("is a metric", () => {
    fc.assert(
      fc.property(hash, hash, hash, (a, b, c) => {
        expect(hashDistance(a, a)).toBe(0);
        expect(hashDistance(a, b)).toBe(hashDistance(b, a));
        expect(hashDistance(a, c)).toBeLessThanOrEqual(hashDistance(a, b) + hashDistance(b, c));
      }),
    );
  });

  it("counts every bit", () => {
    expect(hashDistance("0".repeat(64), "f".repeat(64))).toBe(256);
    expect(hashDistance("0".repeat(64), `8${"0".repeat(62)}1`)).toBe(2);
  });

  it.each(["", "0".repeat(63), "g".repeat(64)])("throws for %j", (text) => {
    expect(() => hashDistance(text, "0".repeat(64))).toThrow(RangeError);
  });
});
