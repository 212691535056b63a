import { createHash, createSign, generateKeyPair, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import {
  CertificateChoices,
  CertificateSet,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  id_data,
  id_signedData,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from "@peculiar/asn1-cms";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";
import { zipSync } from "fflate";

/** The key of an F-Droid repository, and JAR files signed with it as fdroidserver's tools sign them. */

const COMMON_NAME = "2.5.4.3";
const RSA = "1.2.840.113549.1.1.1";
const RSA_WITH_SHA256 = "1.2.840.113549.1.1.11";
const DIGESTS = {
  sha1: { oid: "1.3.14.3.2.26", name: "SHA1" },
  sha256: { oid: "2.16.840.1.101.3.4.2.1", name: "SHA-256" },
} as const;

/** The second index format is signed with SHA-256, the first by definition with SHA-1. */
type Digest = keyof typeof DIGESTS;

export interface RepositoryKey {
  privateKey: KeyObject;
  certificate: Certificate;
  /** SHA-256 of the certificate, lower-case hex: what a user pins. */
  fingerprint: string;
}

const PARAMETERS_NULL = new Uint8Array([5, 0]).buffer;

function algorithm(oid: string): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithm: oid, parameters: PARAMETERS_NULL });
}

function named(text: string): Name {
  const value = new AttributeValue({ utf8String: text });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: COMMON_NAME, value })])]);
}

function sign(bytes: Uint8Array, key: KeyObject, digest: Digest): ArrayBuffer {
  return exact(createSign(digest).update(bytes).sign(key));
}

/** The bytes in a buffer of just their length: Node cuts small buffers from a shared one. */
function exact(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

export async function makeRepositoryKey(): Promise<RepositoryKey> {
  const pair = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const name = named("Storefront repository");
  const serial = randomBytes(8);
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40;
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: exact(serial),
    signature: algorithm(RSA_WITH_SHA256),
    issuer: name,
    subject: name,
    validity: new Validity({
      notBefore: new Date(Date.UTC(2020, 0, 1)),
      notAfter: new Date(Date.UTC(2048, 0, 1)),
    }),
    subjectPublicKeyInfo: AsnConvert.parse(
      exact(pair.publicKey.export({ type: "spki", format: "der" })),
      SubjectPublicKeyInfo,
    ),
  });
  const signed = new Uint8Array(AsnConvert.serialize(tbsCertificate));
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm: algorithm(RSA_WITH_SHA256),
    signatureValue: sign(signed, pair.privateKey, "sha256"),
  });
  const der = new Uint8Array(AsnConvert.serialize(certificate));
  return { privateKey: pair.privateKey, certificate, fingerprint: createHash("sha256").update(der).digest("hex") };
}

/** A detached CMS signature without signed attributes, as Java's tools write it. */
function signatureBlock(content: Uint8Array, { privateKey, certificate }: RepositoryKey, digest: Digest): Uint8Array {
  const digestAlgorithm = algorithm(DIGESTS[digest].oid);
  const { issuer, serialNumber } = certificate.tbsCertificate;
  const signer = new SignerInfo({
    version: 1,
    sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }) }),
    digestAlgorithm,
    signatureAlgorithm: algorithm(RSA),
    signature: new OctetString(sign(content, privateKey, digest)),
  });
  const data = new SignedData({
    version: 1,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digestAlgorithm]),
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: id_data }),
    certificates: new CertificateSet([new CertificateChoices({ certificate })]),
    signerInfos: new SignerInfos([signer]),
  });
  const block = new ContentInfo({ contentType: id_signedData, content: AsnConvert.serialize(data) });
  return new Uint8Array(AsnConvert.serialize(block));
}

/** A JAR of one file: the file, a manifest with its digest, a list with digests of the manifest, a signature over the list. */
export function signedJar(name: string, content: Uint8Array, key: RepositoryKey, digest: Digest): Uint8Array {
  const { name: label } = DIGESTS[digest];
  const hash = (bytes: string | Uint8Array) => createHash(digest).update(bytes).digest("base64");
  const main = "Manifest-Version: 1.0\r\nCreated-By: 17 (Storefront)\r\n\r\n";
  const section = `Name: ${name}\r\n${label}-Digest: ${hash(content)}\r\n\r\n`;
  const list = [
    "Signature-Version: 1.0",
    `${label}-Digest-Manifest: ${hash(main + section)}`,
    `${label}-Digest-Manifest-Main-Attributes: ${hash(main)}`,
    "Created-By: 17 (Storefront)",
    "",
    `Name: ${name}`,
    `${label}-Digest: ${hash(section)}`,
    "",
    "",
  ].join("\r\n");
  const listed = Buffer.from(list);
  const files = {
    "META-INF/MANIFEST.MF": Buffer.from(main + section),
    "META-INF/REPO.SF": listed,
    "META-INF/REPO.RSA": signatureBlock(listed, key, digest),
    [name]: content,
  };
  return zipSync(files, { mtime: new Date(2026, 9, 1), level: 6 });
}
