import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeIcon } from "../../../../lib/domain/match/icon/decode.ts";
import { drawing, hugePng, ico, image } from "./images.ts";

const png = await image(drawing()).png().toBuffer();
const jpeg = await image(drawing()).jpeg().toBuffer();

const KINDS: [string, Uint8Array][] = [
  ["image/png", png],
  ["image/webp", await image(drawing()).webp().toBuffer()],
  ["image/jpeg", jpeg],
  ["image/gif", await image(drawing()).gif().toBuffer()],
  ["image/avif", await image(drawing()).avif().toBuffer()],
  ["image/svg+xml", Buffer.from(drawing())],
  ["image/x-icon", ico(Buffer.from("BM old kind"), png)],
];

const PIXELS: [string, Uint8Array][] = [
  ["grey", await image(drawing()).greyscale().png().toBuffer()],
  ["16-bit", await image(drawing()).toColourspace("rgb16").png().toBuffer()],
  ["CMYK", await image(drawing()).toColourspace("cmyk").jpeg().toBuffer()],
  ["palette", await image(drawing()).png({ palette: true, colours: 4 }).toBuffer()],
];

async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const icon = await decodeIcon(bytes);
  if (!icon.ok) throw new Error(icon.error);
  return [...icon.value.pixels.subarray((y * 256 + x) * 4, (y * 256 + x) * 4 + 4)];
}

async function refusal(bytes: Uint8Array | string): Promise<string> {
  const icon = await decodeIcon(Buffer.from(bytes as string));
  return icon.ok ? "read" : icon.error;
}

describe("an icon is read to 256 x 256 RGBA pixels", () => {
  it.each(KINDS)("%s", async (mediaType, bytes) => {
    const icon = await decodeIcon(bytes);
    expect(icon).toMatchObject({ ok: true, value: { mediaType, width: 256, height: 256 } });
    const [red = 0, green = 0, blue = 0, alpha] = await colourAt(bytes, 5, 5);
    expect(Math.abs(red - 0x12) + Math.abs(green - 0x3c) + Math.abs(blue - 0x69)).toBeLessThan(24);
    expect(alpha).toBe(255);
  });

  it("keeps the shape of an icon that is not square and leaves the rest transparent", async () => {
    const wide = await image(drawing()).resize(256, 64, { fit: "fill" }).png().toBuffer();
    expect(await colourAt(wide, 5, 128)).toEqual([0x12, 0x3c, 0x69, 255]);
    expect((await colourAt(wide, 5, 20))[3]).toBe(0);
  });

  it("draws a small SVG at full sharpness", async () => {
    const small = drawing().replace('width="256" height="256"', 'width="16" height="16" viewBox="0 0 256 256"');
    const [one, other] = [await decodeIcon(Buffer.from(small)), await decodeIcon(Buffer.from(drawing()))];
    if (!one.ok || !other.ok) throw new Error("unreadable");
    const far = one.value.pixels.filter(
      (value, at) => Math.abs(value - (other.value.pixels[at] as number)) > 40,
    ).length;
    expect(far / one.value.pixels.length).toBeLessThan(0.01);
  });

  it.each(PIXELS)("reads %s pixels", async (_, bytes) => {
    expect((await colourAt(bytes, 5, 5))[3]).toBe(255);
  });
});

describe("an icon that cannot be read says why", () => {
  it.each<[string, Uint8Array | string, RegExp]>([
    ["nothing", "", /empty/],
    ["a web page", "<!doctype html><html><body>captcha</body></html>", /no image of a known kind/],
    ["a truncated PNG", png.subarray(0, png.length >> 1), /cannot be read as image\/png: .*\w/],
    ["a PNG that ends in its header", png.subarray(0, 20), /cannot be read|no image/],
    ["a truncated JPEG", jpeg.subarray(0, jpeg.length >> 1), /cannot be read as image\/jpeg: .*\w/],
    ["a PDF", "%PDF-1.7\n%âãÏÓ\n1 0 obj", /type application\/pdf is not read/],
    ["20,000 x 20,000 pixels", hugePng(20_000, 20_000), /20000 x 20000 pixels, more than 4096 x 4096/],
    ["a long thin image", hugePng(60_000, 2), /60000 x 2 pixels/],
    ["too many bytes", Buffer.alloc(4_000_001), /4000001 bytes, more than 4000000/],
    ["an ICO of old bitmaps", ico(Buffer.from("BM old kind")), /holds no PNG/],
  ])("%s", async (_, bytes, reason) => {
    expect(await refusal(bytes)).toMatch(reason);
  });

  it("takes no more than a little memory to refuse 400 million pixels", async () => {
    const bomb = hugePng(20_000, 20_000);
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 20; i += 1) await decodeIcon(bomb);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });

  it("reads any junk to a value, never an exception", async () => {
    const starts = fc.constantFrom(png, jpeg, Buffer.from(drawing()), ico(png), Buffer.from("RIFF....WEBPVP8 "));
    await fc.assert(
      fc.asyncProperty(starts, fc.nat(400), fc.uint8Array({ maxLength: 300 }), async (start, keep, tail) => {
        const icon = await decodeIcon(Buffer.concat([start.subarray(0, keep), tail]));
        expect(icon.ok ? icon.value.pixels.length : icon.error.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a drawing that reaches outside itself is refused", () => {
  const outside = /refers to something outside itself/;
  it.each([
    ["an image elsewhere", { extra: '<image href="https://evil.example/a.png"/>' }, outside],
    ["an image in a file", { extra: '<image xlink:href="file:///etc/passwd"/>' }, outside],
    ["a file name alone", { extra: "<image href='icon.png'/>" }, outside],
    ["an address in character references", { extra: '<image href="&#104;ttp://evil.example/"/>' }, outside],
    ["an attribute right after another", { extra: '<image x="1"href="http://evil.example/"/>' }, outside],
    ["a fill elsewhere", { extra: '<rect style="fill:url(http://evil.example/#a)"/>' }, outside],
    ["a drawing in a drawing", { extra: '<image href="data:image/svg+xml;base64,PHN2Zz4="/>' }, outside],
    ["a script", { extra: "<script>1</script>" }, /scripts/],
    ["a foreign object", { extra: "<svg:foreignObject/>" }, /foreign content/],
    ["an imported style", { extra: "<style>@import 'a.css';</style>" }, /style sheets/],
    ["a million tags", { extra: "<g/>".repeat(30_000) }, /more than 20000 tags/],
  ])("%s", async (_, over, reason) => {
    expect(await refusal(drawing(over))).toMatch(reason);
  });

  it.each([
    ["entities", `<!DOCTYPE svg [<!ENTITY a "aaaa">]>${drawing()}`, /declares entities/],
    ["another encoding", `<?xml version="1.0" encoding="UTF-16"?>${drawing()}`, /not UTF-8/],
    ["a style sheet", `<?xml-stylesheet href="a.css"?>${drawing()}`, /style sheets/],
    ["a huge text", drawing({ extra: `<!--${"a".repeat(1_000_001)}-->` }), /bytes, more than 1000000/],
  ])("%s", async (_, text, reason) => {
    expect(await refusal(text)).toMatch(reason);
  });

  it("is drawn when all it refers to is inside", async () => {
    const inside = '<defs><path id="p" d="M0 0h9v9z"/></defs><use href="#p"/><rect fill="url(#p)"/>';
    expect(await refusal(drawing({ extra: inside }))).toBe("read");
  });
});
