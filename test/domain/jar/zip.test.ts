import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readZip, unpack } from "../../../lib/domain/jar/zip.ts";

const text = (value: string) => new Uint8Array(Buffer.from(value));
const archive = zipSync({ "a.txt": text("hello"), "folder/b.txt": [text("stored"), { level: 0 }] });

function problem(bytes: Uint8Array, most = 100): string {
  const zip = readZip(bytes, most);
  if (!zip.ok) return zip.error;
  for (const entry of zip.value.values()) {
    const unpacked = unpack(bytes, entry);
    if (!unpacked.ok) return unpacked.error;
  }
  return "read";
}

/** The archive with `edit` done to a copy of it. */
function edited(edit: (bytes: Buffer, directory: number, end: number) => void): Uint8Array {
  const bytes = Buffer.from(archive);
  const end = bytes.length - 22;
  edit(bytes, bytes.readUInt32LE(end + 16), end);
  return bytes;
}

describe("a ZIP archive", () => {
  it("gives its entries, packed or stored", () => {
    const zip = readZip(archive, 100);
    if (!zip.ok) throw new Error(zip.error);
    const entries = [...zip.value.values()].map((entry) => {
      const unpacked = unpack(archive, entry);
      return [entry.name, unpacked.ok ? Buffer.from(unpacked.value).toString() : unpacked.error];
    });
    expect(entries).toEqual([
      ["a.txt", "hello"],
      ["folder/b.txt", "stored"],
    ]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["nothing", new Uint8Array(), /no ZIP archive/],
    ["cut off", archive.subarray(0, archive.length - 1), /no ZIP archive/],
    ["with bytes after its end", Buffer.concat([archive, text("x")]), /no ZIP archive/],
    ["of two disks", edited((bytes, _, end) => bytes.writeUInt16LE(1, end + 4)), /several disks/],
    ["ZIP64", edited((bytes, _, end) => bytes.writeUInt32LE(0xffffffff, end + 16)), /ZIP64/],
    ["with a directory elsewhere", edited((bytes, _, end) => bytes.writeUInt32LE(3, end + 16)), /directory is broken/],
    ["encrypted", edited((bytes, at) => bytes.writeUInt16LE(1, at + 8)), /a.txt is encrypted/],
    ["with two names for one entry", edited((bytes) => bytes.write("z", 30)), /a.txt has two names/],
    ["with one name for two entries", sameNames(), /two entries of the name a.txt/],
    ["with an entry beyond its end", edited((bytes, at) => bytes.writeUInt32LE(1e9, at + 42)), /a.txt is not where/],
    [
      "with a size too small",
      edited((bytes, at) => bytes.writeUInt32LE(2, at + 24)),
      /cannot be unpacked to the 2 bytes/,
    ],
    [
      "with a size too large",
      edited((bytes, at) => bytes.writeUInt32LE(9, at + 24)),
      /cannot be unpacked to the 9 bytes/,
    ],
    ["packed in another way", edited((bytes, at) => bytes.writeUInt16LE(14, at + 10)), /cannot be unpacked/],
  ])("%s is refused with a reason", (_, bytes, reason) => {
    expect(problem(bytes)).toMatch(reason);
  });

  function sameNames(): Uint8Array {
    const bytes = Buffer.from(zipSync({ "a.txt": text("1"), "b.txt": text("2") }));
    for (let at = bytes.indexOf("b.txt"); at >= 0; at = bytes.indexOf("b.txt")) bytes.write("a", at);
    return bytes;
  }

  it("with too many entries is refused", () => {
    expect(problem(archive, 1)).toBe("the archive has 2 entries, more than 1");
  });

  it("of junk, or bent anywhere, is read or refused and never throws", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.nat(archive.length),
        fc.nat(archive.length),
        (junk, at, keep) => {
          const bent = Buffer.concat([archive.subarray(0, at), junk, archive.subarray(keep)]);
          expect(problem(bent).length).toBeGreaterThan(3);
          expect(problem(junk).length).toBeGreaterThan(3);
        },
      ),
      { numRuns: 300 },
    );
  });
});
