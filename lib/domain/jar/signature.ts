import { createHash, verify, X509Certificate } from "node:crypto";
import { Attribute, ContentInfo, SignedData, type SignerInfo } from "@peculiar/asn1-cms";
import { AsnArray, AsnConvert, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from "@peculiar/asn1-schema";
import { sha256Hex } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";

const SIGNED_DATA = "1.2.840.113549.1.7.2";
/** What a JAR's signature is over: plain data, as an OID and as the DER of that OID. */
const DATA = "1.2.840.113549.1.7.1";
const DATA_DER = Buffer.from("06092a864886f70d010701", "hex");
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";

const STRONG_DIGESTS: Record<string, string> = {
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
};
const DIGESTS: Record<string, string> = { ...STRONG_DIGESTS, "1.3.14.3.2.26": "sha1" };

/** Signature algorithms: the kind of key, and the digest where the name of the algorithm says it too. */
const SIGNATURES: Record<string, { key: string; digest?: string }> = {
  "1.2.840.113549.1.1.1": { key: "rsa" },
  "1.2.840.113549.1.1.5": { key: "rsa", digest: "sha1" },
  "1.2.840.113549.1.1.11": { key: "rsa", digest: "sha256" },
  "1.2.840.113549.1.1.12": { key: "rsa", digest: "sha384" },
  "1.2.840.113549.1.1.13": { key: "rsa", digest: "sha512" },
  "1.2.840.10040.4.1": { key: "dsa" },
  "1.2.840.10040.4.3": { key: "dsa", digest: "sha1" },
  "2.16.840.1.101.3.4.3.2": { key: "dsa", digest: "sha256" },
  "1.2.840.10045.4.1": { key: "ec", digest: "sha1" },
  "1.2.840.10045.4.3.2": { key: "ec", digest: "sha256" },
  "1.2.840.10045.4.3.3": { key: "ec", digest: "sha384" },
  "1.2.840.10045.4.3.4": { key: "ec", digest: "sha512" },
};

/** Certificates as they were written: their hash is the signer's identity, and writing them anew might change it. */
class RawCertificates extends AsnArray<ArrayBuffer> {}
AsnType({ type: AsnTypeTypes.Set, itemType: AsnPropTypes.Any })(RawCertificates);

/** The same structure as SignedData, all of it left unread but the certificates. */
class RawSignedData {
  certificates?: RawCertificates;
}
for (const field of ["version", "digestAlgorithms", "encapContentInfo"]) {
  AsnProp({ type: AsnPropTypes.Any })(RawSignedData.prototype, field);
}
AsnProp({ type: RawCertificates, context: 0, implicit: true, optional: true })(RawSignedData.prototype, "certificates");
AsnProp({ type: AsnPropTypes.Any, context: 1, implicit: true, optional: true })(RawSignedData.prototype, "crls");
AsnProp({ type: AsnPropTypes.Any })(RawSignedData.prototype, "signerInfos");

type SignerCertificate = Pick<X509Certificate, "raw" | "serialNumber" | "publicKey">;

class AttributeSet extends AsnArray<Attribute> {}
AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })(AttributeSet);

/**
 * Checks a detached CMS signature (a JAR's .RSA, .DSA or .EC file) with exactly one signer over `content`. The value is the
 * lower-case hex SHA-256 of the signer's certificate; whose that is and whether it has expired is for the caller to judge.
 */
export function verifySignature(block: Uint8Array, content: Uint8Array, allowSha1: boolean): Result<string, string> {
  const read = readBlock(block);
  if (read === undefined) return err("the signature block is not CMS signed data");
  const { signers, certificates } = read;
  const [signer] = signers;
  if (signer === undefined || signers.length > 1) return err(`the signature block has ${signers.length} signers`);
  const certificate = certificateOf(signer, certificates);
  if (certificate === undefined) return err("the signature block lacks its signer's certificate");
  const digest = digestOf(signer, certificate, allowSha1);
  if (!digest.ok) return digest;
  const signed = signedBytes(signer, content, digest.value);
  if (signed === undefined) return err("the signature is over something else");
  return verifies(digest.value, signed, certificate, signer)
    ? ok(sha256Hex(certificate.raw))
    : err("the signature does not verify");
}

function readBlock(block: Uint8Array) {
  try {
    const { contentType, content } = AsnConvert.parse(block, ContentInfo);
    if (contentType !== SIGNED_DATA) return undefined;
    const { signerInfos, encapContentInfo } = AsnConvert.parse(content, SignedData);
    // What a signature carries within itself is not what stands in the archive.
    if (encapContentInfo.eContent !== undefined || encapContentInfo.eContentType !== DATA) return undefined;
    const raw = AsnConvert.parse(content, RawSignedData).certificates ?? [];
    return {
      signers: [...signerInfos],
      certificates: raw.map((der) => certificateFrom(Buffer.from(der))),
    };
  } catch {
    return undefined;
  }
}

/** The public key is unpacked here, where a broken one is caught: reading it later would throw. */
function certificateFrom(der: Uint8Array): SignerCertificate {
  const { raw, serialNumber, publicKey } = new X509Certificate(der);
  return { raw, serialNumber, publicKey };
}

function certificateOf(signer: SignerInfo, certificates: SignerCertificate[]): SignerCertificate | undefined {
  const named = signer.sid.issuerAndSerialNumber;
  if (named === undefined) return undefined;
  const serial = plainHex(Buffer.from(named.serialNumber).toString("hex"));
  const found = certificates.filter((certificate) => plainHex(certificate.serialNumber) === serial);
  return found.length === 1 ? found[0] : undefined;
}

/** A number's hex without the zeros in front. */
function plainHex(hex: string): string {
  return hex.toLowerCase().replace(/^0+/, "");
}

function digestOf(signer: SignerInfo, certificate: SignerCertificate, allowSha1: boolean): Result<string, string> {
  const oid = signer.digestAlgorithm.algorithm;
  const digest = (allowSha1 ? DIGESTS : STRONG_DIGESTS)[oid];
  if (digest === undefined) return err(`the signature's digest algorithm ${DIGESTS[oid] ?? oid} is not accepted`);
  const signature = SIGNATURES[signer.signatureAlgorithm.algorithm];
  if (signature === undefined) {
    return err(`the signature algorithm ${signer.signatureAlgorithm.algorithm} is not accepted`);
  }
  const fits = signature.key === certificate.publicKey.asymmetricKeyType && (signature.digest ?? digest) === digest;
  return fits ? ok(digest) : err("the signature's algorithms contradict each other");
}

/** What the signature was made over: the content itself, or attributes that hold its type and digest. */
function signedBytes(signer: SignerInfo, content: Uint8Array, digest: string): Uint8Array | undefined {
  if (signer.signedAttrs === undefined) return content;
  const typed = onlyValue(signer, CONTENT_TYPE);
  const digested = onlyValue(signer, MESSAGE_DIGEST);
  if (typed === undefined || digested === undefined) return undefined;
  const real = derOctets(createHash(digest).update(content).digest());
  if (!DATA_DER.equals(Buffer.from(typed)) || !real.equals(Buffer.from(digested))) return undefined;
  // RFC 5652, 5.4: in the message the attributes are tagged [0], but signed as the DER of the SET they are.
  return new Uint8Array(AsnConvert.serialize(new AttributeSet(signer.signedAttrs)));
}

/** A digest, which is always shorter than 128 bytes, as a DER OCTET STRING. */
function derOctets(digest: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0x04, digest.length]), digest]);
}

function onlyValue({ signedAttrs = [] }: SignerInfo, type: string): ArrayBuffer | undefined {
  const values = signedAttrs.filter((attribute) => attribute.attrType === type).flatMap((one) => [...one.attrValues]);
  return values.length === 1 ? values[0] : undefined;
}

function verifies(digest: string, signed: Uint8Array, certificate: SignerCertificate, signer: SignerInfo): boolean {
  try {
    return verify(digest, signed, certificate.publicKey, Buffer.from(signer.signature.buffer));
  } catch {
    // A key that OpenSSL does not take, e.g. one that is far too short.
    return false;
  }
}
