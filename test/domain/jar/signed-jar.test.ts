import { readFileSync } from "node:fs";
import fc from "fast-check";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { openSignedJar } from "../../../lib/domain/jar/signed-jar.ts";
import { sharedPath } from "../../support/shared.ts";
import { createSigner, type JarParts, manifestOf, type SignOptions, signatureFileOf, signedJar } from "./signing.ts";

const LIMITS = { maxBytes: 1_000_000 };
const text = (value: string) => new Uint8Array(Buffer.from(value));
const FILES = { "entry.json": text('{"a":1}'), "more/data.bin": text("x".repeat(5_000)) };
const [ours, theirs, elliptic] = [createSigner(), createSigner(), createSigner("ec")];

function open(jar: Uint8Array, limits: Parameters<typeof openSignedJar>[1] = LIMITS) {
  const opened = openSignedJar(jar, limits);
  return opened.ok ? opened.value : opened.error;
}

function refusal(options: SignOptions, parts: JarParts = {}, files: Record<string, Uint8Array> = FILES): string {
  const opened = openSignedJar(signedJar(files, ours, options, parts), LIMITS);
  return opened.ok ? "opened" : opened.error;
}

describe("a signed JAR is opened", () => {
  it.each([
    ["RSA over the signature file", ours, {}],
    ["RSA over attributes", ours, { attributes: true }],
    ["ECDSA", elliptic, { attributes: true }],
  ])("%s", (_, signer, options) => {
    const opened = openSignedJar(signedJar(FILES, signer, options), LIMITS);
    if (!opened.ok) throw new Error(opened.error);
    expect(opened.value.certificateSha256).toBe(signer.sha256);
    expect(Buffer.from(opened.value.entry("entry.json") ?? []).toString()).toBe('{"a":1}');
    expect(opened.value.entry("more/data.bin")).toHaveLength(5_000);
    expect(opened.value.entry("other")).toBeUndefined();
  });

  it("with names that are folded in the middle of a character", () => {
    const name = `${"x".repeat(63)}é-${"北港".repeat(30)}.json`;
    const opened = openSignedJar(signedJar({ [name]: text("1") }, ours), LIMITS);
    expect(opened.ok && Buffer.from(opened.value.entry(name) ?? []).toString()).toBe("1");
  });

  it("and hands out nothing that nobody signed", () => {
    const planted = { "planted.json": text("evil") };
    const opened = openSignedJar(signedJar(FILES, ours, {}, { planted }), LIMITS);
    expect(opened.ok && opened.value.entry("planted.json")).toBeUndefined();
  });

  it("and hands out nothing that stands in the manifest but not in the signature file", () => {
    const manifest = manifestOf(FILES);
    const opened = openSignedJar(
      signedJar(FILES, ours, {}, { manifest, signatureFile: signatureFileOf(manifest, ["more/data.bin"]) }),
      LIMITS,
    );
    expect(opened.ok && opened.value.entry("entry.json")).toBeUndefined();
  });

  it("with SHA-1 only where that is allowed", () => {
    const jar = signedJar(FILES, ours, { digest: "sha1" });
    expect(open(jar)).toMatch(/sha1 is not accepted/);
    expect(open(jar, { ...LIMITS, allowSha1: true })).toMatchObject({ certificateSha256: ours.sha256 });
  });
});

describe("a JAR that proves nothing is refused with a reason", () => {
  const manifest = manifestOf(FILES);
  const forged = manifestOf({ ...FILES, "entry.json": text("evil") });
  const signed = signatureFileOf(manifest, Object.keys(FILES));

  it.each<[string, SignOptions, JarParts, RegExp]>([
    ["a changed entry", {}, { planted: { "entry.json": text("evil") } }, /entry.json does not fit its digest/],
    ["a changed manifest", {}, { manifest: forged, signatureFile: signed }, /manifest does not fit its digest/],
    ["a signature over something else", { digestOf: text("x"), attributes: true }, {}, /over something else/],
    ["another key's certificate", { certificate: theirs.certificate }, {}, /lacks its signer's certificate/],
    ["two signers", { signers: 2 }, {}, /has 2 signers/],
    ["no signers", { signers: 0 }, {}, /has 0 signers/],
    ["content within the signature", { embed: true }, {}, /not CMS signed data/],
    ["junk for a signature", {}, { block: text("junk") }, /not CMS signed data/],
    ["a second signature", {}, { planted: { "META-INF/B.SF": text("") } }, /more than one signature/],
    ["a second manifest", {}, { planted: { "META-INF/manifest.mf": text("") } }, /more than one signature/],
    ["SHA-1 entries under a strong signature", {}, sha1Manifest(), /only a SHA-1 digest/],
    ["no digest of the manifest", {}, { signatureFile: "Signature-Version: 1.0\r\n\r\n" }, /no digest/],
    [
      "an entry named twice",
      {},
      twice(manifest + manifest.split("\r\n\r\n").slice(1).join("\r\n\r\n")),
      /names an entry twice/,
    ],
    ["a manifest that is none", {}, twice("hello"), /not written as a manifest/],
    ["a section without a name", {}, twice("Manifest-Version: 1.0\r\n\r\nX: y\r\n"), /names no entry/],
  ])("%s", (_, options, parts, reason) => {
    expect(refusal(options, parts)).toMatch(reason);
  });

  function sha1Manifest(): JarParts {
    return twice(manifestOf(FILES, "sha1"));
  }

  /** A manifest that is signed as it stands. */
  function twice(text: string): JarParts {
    return { manifest: text, signatureFile: signatureFileOf(text, Object.keys(FILES)) };
  }

  it("without any signature", () => {
    expect(open(zipSync({ "META-INF/MANIFEST.MF": text(manifest), ...FILES }))).toBe("the JAR is not signed");
  });

  it("that unpacks to too much", () => {
    const jar = signedJar({ "bomb.json": new Uint8Array(3_000_000) }, ours);
    expect(open(jar)).toBe("the JAR unpacks to more than 1000000 bytes");
  });

  it("with any one byte flipped, or it hands out what was signed", () => {
    const jar = signedJar(FILES, ours, { attributes: true });
    fc.assert(
      fc.property(fc.nat(jar.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bent = Uint8Array.from(jar);
        bent[at] = (bent[at] as number) ^ flip;
        const opened = openSignedJar(bent, LIMITS);
        if (!opened.ok) {
          expect(opened.error.length).toBeGreaterThan(5);
          return;
        }
        // A bent certificate around the same key is another certificate, which nobody has pinned.
        if (opened.value.certificateSha256 !== ours.sha256) return;
        // A flipped time, checksum or flag of the archive changes nothing that is handed out.
        for (const [name, bytes] of Object.entries(FILES)) {
          const handed = opened.value.entry(name);
          if (handed !== undefined) expect(Buffer.compare(handed, bytes)).toBe(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe.skipIf(!sharedPath("recorded"))("recorded JARs of real repositories", () => {
  const read = (name: string) => readFileSync(sharedPath("recorded", "fdroid", name) as string);

  // Fingerprints and sizes as openssl and unzip print them.
  it.each([
    [
      "fdroidserver__guardianproject-v1.jar",
      "index-v1.json",
      56_828,
      "b7c2eefd8dac7806af67dfcd92eb18126bc08312a7f2d6f3862e46013c7a6135",
    ],
    [
      "fdroidserver__testy.jar",
      "index.xml",
      103_921,
      "818e469465f96b704e27be2fee4c63ab9f83ddf30e7a34c7371a4728d83b0bc1",
    ],
  ])("%s verifies, with SHA-1 allowed", (file, entry, size, certificateSha256) => {
    const opened = openSignedJar(read(file), { ...LIMITS, allowSha1: true });
    expect(opened).toMatchObject({ ok: true, value: { certificateSha256 } });
    expect(opened.ok && opened.value.entry(entry)?.length).toBe(size);
    expect(open(read(file))).toMatch(/sha1 is not accepted/);
  });

  it("the one whose signature was taken out is refused", () => {
    expect(open(read("fdroidserver__unsigned.jar"), { ...LIMITS, allowSha1: true })).toBe("the JAR is not signed");
  });
});
