import { createHash, createVerify, X509Certificate } from "node:crypto";
import { ContentInfo, SignedData } from "@peculiar/asn1-cms";
import { AsnConvert } from "@peculiar/asn1-schema";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { makeRepositoryKey, type RepositoryKey, signedJar } from "./signing.ts";

describe("a signed repository file", () => {
  let key: RepositoryKey;
  beforeAll(async () => {
    key = await makeRepositoryKey();
  });

  const content = Buffer.from('{"timestamp":1}');

  function unpack(jar: Uint8Array) {
    const files = unzipSync(jar);
    const block = AsnConvert.parse(files["META-INF/REPO.RSA"] as Uint8Array, ContentInfo);
    return { files, signed: AsnConvert.parse(block.content, SignedData) };
  }

  it.each([
    ["sha256", "SHA-256"],
    ["sha1", "SHA1"],
  ] as const)("signed with %s is a chain from the file over two lists to the key", (digest, label) => {
    const { files, signed } = unpack(signedJar("entry.json", content, key, digest));
    const manifest = Buffer.from(files["META-INF/MANIFEST.MF"] as Uint8Array);
    const list = Buffer.from(files["META-INF/REPO.SF"] as Uint8Array);
    const hash = (bytes: Uint8Array) => createHash(digest).update(bytes).digest("base64");
    expect(manifest.toString()).toContain(`Name: entry.json\r\n${label}-Digest: ${hash(content)}\r\n`);
    expect(list.toString()).toContain(`\r\n${label}-Digest-Manifest: ${hash(manifest)}\r\n`);

    const der = Buffer.from(AsnConvert.serialize(signed.certificates?.[0]?.certificate));
    const certificate = new X509Certificate(der);
    const signature = Buffer.from(signed.signerInfos[0]?.signature.buffer ?? new ArrayBuffer(0));
    expect(createVerify(digest).update(list).verify(certificate.publicKey, signature)).toBe(true);
    expect(createVerify(digest).update(manifest).verify(certificate.publicKey, signature)).toBe(false);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.fingerprint256.replaceAll(":", "").toLowerCase()).toBe(key.fingerprint);
  });

  it("has another key at every start", async () => {
    expect((await makeRepositoryKey()).fingerprint).not.toBe(key.fingerprint);
  });
});
