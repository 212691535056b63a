import { expect, it } from "vitest";
import { parseDigest, sameDigest } from "../../lib/kernel/digest.ts";
import { sha256Hex, stableId } from "../../lib/kernel/id.ts";

it("hashes like everybody else", () => {
  expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

it("names tuples, not their concatenation", () => {
  expect(stableId("f", "ab", "c")).not.toBe(stableId("f", "a", "bc"));
  expect(stableId("f", "ab", "c")).toMatch(/^f-[0-9a-hj-km-np-tv-z]{12}$/);
});

it.each([
  ["AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD", "sha1"],
  ["d41d8cd98f00b204e9800998ecf8427e", "md5"],
  ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "sha256"],
])("reads the digest %s as %s", (text, algorithm) => expect(parseDigest(text)?.algorithm).toBe(algorithm));

it.each(["", "zz", "aabb", `${"g".repeat(40)}`])("refuses %s as a digest", (text) =>
  expect(parseDigest(text)).toBeUndefined(),
);

it("compares digests of one algorithm only", () => {
  const sha1 = parseDigest("a".repeat(40));
  const md5 = parseDigest("a".repeat(32));
  expect(sha1 && md5 && sameDigest(sha1, md5)).toBe(false);
});
