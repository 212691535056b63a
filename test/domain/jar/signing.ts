import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  CMSVersion,
  ContentInfo,
  DigestAlgorithmIdentifier,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignatureAlgorithmIdentifier,
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

/** A key and its self-signed certificate. */
export interface Signer {
  certificate: Uint8Array;
  sha256: string;
  key: KeyObject;
}

let serial = 0;

export function createSigner(kind: "rsa" | "ec" = "rsa"): Signer {
  const { privateKey, publicKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  serial += 1;
  const name = new Name([new RelativeDistinguishedName([commonName(`Repository ${serial}`)])]);
  const algorithm = new AlgorithmIdentifier({ algorithm: SIGNATURE_OIDS[kind] });
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: new Uint8Array([0, 0x80 + serial]).buffer,
    signature: algorithm,
    issuer: name,
    validity: new Validity({ notBefore: new Date("2020-01-01"), notAfter: new Date("2049-01-01") }),
    subject: name,
    subjectPublicKeyInfo: AsnConvert.parse(publicKey.export({ type: "spki", format: "der" }), SubjectPublicKeyInfo),
  });
  const signatureValue = sign("sha256", new Uint8Array(AsnConvert.serialize(tbsCertificate)), privateKey);
  const made = new Certificate({
    tbsCertificate,
    signatureAlgorithm: algorithm,
    signatureValue: bufferOf(signatureValue),
  });
  const certificate = new Uint8Array(AsnConvert.serialize(made));
  return { certificate, sha256: createHash("sha256").update(certificate).digest("hex"), key: privateKey };
}

const SIGNATURE_OIDS = { rsa: "1.2.840.113549.1.1.11", ec: "1.2.840.10045.4.3.2" };

function commonName(text: string): AttributeTypeAndValue {
  return new AttributeTypeAndValue({ type: "2.5.4.3", value: new AttributeValue({ utf8String: text }) });
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

const OIDS = { sha1: "1.3.14.3.2.26", sha256: "2.16.840.1.101.3.4.2.1" };
const DATA = "1.2.840.113549.1.7.1";

export interface SignOptions {
  digest?: "sha1" | "sha256";
  /** Sign attributes that hold the digest, as current tools do, and not the content itself. */
  attributes?: boolean;
  /** Signers named in the block; more than one is what must be refused. */
  signers?: number;
  /** Embeds the content into the block. */
  embed?: boolean;
  /** Certificate put into the block in place of the signer's. */
  certificate?: Uint8Array;
  /** Content that the attributes' digest is of, when it is not the content itself. */
  digestOf?: Uint8Array;
}

/** A detached CMS signature over `content`. */
export function cmsBlock(content: Uint8Array, signer: Signer, options: SignOptions = {}): Uint8Array {
  const { digest = "sha256", attributes = false, signers = 1, embed = false } = options;
  const own = AsnConvert.parse(signer.certificate, Certificate);
  const signedAttrs = attributes ? attributesOf(options.digestOf ?? content, digest) : undefined;
  const signed = signedAttrs ? setOf(signedAttrs) : content;
  const ec = signer.key.asymmetricKeyType === "ec";
  const info = new SignerInfo({
    version: CMSVersion.v1,
    sid: new SignerIdentifier({
      issuerAndSerialNumber: new IssuerAndSerialNumber({
        issuer: own.tbsCertificate.issuer,
        serialNumber: own.tbsCertificate.serialNumber,
      }),
    }),
    digestAlgorithm: new DigestAlgorithmIdentifier({ algorithm: OIDS[digest] }),
    signatureAlgorithm: new SignatureAlgorithmIdentifier({
      algorithm: ec ? "1.2.840.10045.4.3.2" : "1.2.840.113549.1.1.1",
    }),
    signature: new OctetString(sign(digest, signed, signer.key)),
    signedAttrs,
  });
  const content0 = new SignedData({
    version: CMSVersion.v1,
    digestAlgorithms: new DigestAlgorithmIdentifiers([new DigestAlgorithmIdentifier({ algorithm: OIDS[digest] })]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: DATA,
      ...(embed ? { eContent: new EncapsulatedContent({ single: new OctetString(content) }) } : {}),
    }),
    certificates: new CertificateSet([
      new CertificateChoices({ certificate: AsnConvert.parse(options.certificate ?? signer.certificate, Certificate) }),
    ]),
    signerInfos: new SignerInfos(Array(signers).fill(info)),
  });
  const outer = new ContentInfo({ contentType: "1.2.840.113549.1.7.2", content: AsnConvert.serialize(content0) });
  return new Uint8Array(AsnConvert.serialize(outer));
}

function attributesOf(content: Uint8Array, digest: "sha1" | "sha256"): Attribute[] {
  const hash = createHash(digest).update(content).digest();
  return [
    new Attribute({
      attrType: "1.2.840.113549.1.9.3",
      attrValues: [new Uint8Array(Buffer.from("06092a864886f70d010701", "hex")).buffer],
    }),
    new Attribute({
      attrType: "1.2.840.113549.1.9.4",
      attrValues: [new Uint8Array([4, hash.length, ...hash]).buffer],
    }),
  ];
}

/** DER of a SET whose elements stand in order already; shorter than 128 bytes or up to 255. */
function setOf(attributes: Attribute[]): Uint8Array {
  const body = Buffer.concat(attributes.map((attribute) => Buffer.from(AsnConvert.serialize(attribute))));
  const length = body.length < 128 ? [body.length] : [0x81, body.length];
  return Buffer.concat([Buffer.from([0x31, ...length]), body]);
}

const NAMES = { sha1: "SHA1", sha256: "SHA-256" };

export function manifestOf(files: Record<string, Uint8Array>, digest: "sha1" | "sha256" = "sha256"): string {
  const sections = Object.entries(files).map(
    ([name, bytes]) =>
      `${fold(`Name: ${name}`)}\r\n${fold(`${NAMES[digest]}-Digest: ${hashOf(bytes, digest)}`)}\r\n\r\n`,
  );
  return `Manifest-Version: 1.0\r\n\r\n${sections.join("")}`;
}

export function signatureFileOf(manifest: string, names: string[], digest: "sha1" | "sha256" = "sha256"): string {
  const sections = names.map((name) => `${fold(`Name: ${name}`)}\r\n\r\n`).join("");
  const whole = hashOf(bytesOf(manifest), digest);
  return `Signature-Version: 1.0\r\n${NAMES[digest]}-Digest-Manifest: ${whole}\r\n\r\n${sections}`;
}

function hashOf(bytes: Uint8Array, digest: string): string {
  return createHash(digest).update(bytes).digest("base64");
}

/** Lines have at most 72 bytes with their end; a cut may go through a character. */
function fold(line: string): string {
  const bytes = Buffer.from(line);
  const parts = [bytes.subarray(0, 70)];
  for (let at = 70; at < bytes.length; at += 69)
    parts.push(Buffer.concat([Buffer.from("\r\n "), bytes.subarray(at, at + 69)]));
  return Buffer.concat(parts).toString("latin1");
}

export interface JarParts {
  manifest?: string;
  signatureFile?: string;
  block?: Uint8Array;
  /** Files put into the archive after it was signed, or in place of the signed ones. */
  planted?: Record<string, Uint8Array>;
}

/** A JAR with the files signed; `parts` replaces what an attacker would replace. Texts in it are latin1 byte by byte. */
export function signedJar(
  files: Record<string, Uint8Array>,
  signer: Signer,
  options: SignOptions = {},
  parts: JarParts = {},
): Uint8Array {
  const digest = options.digest ?? "sha256";
  const manifest = bytesOf(parts.manifest ?? manifestOf(files, digest));
  const listing = parts.signatureFile ?? signatureFileOf(manifest.toString("latin1"), Object.keys(files), digest);
  const signatureFile = bytesOf(listing);
  const block = parts.block ?? cmsBlock(signatureFile, signer, options);
  return zipSync({
    "META-INF/MANIFEST.MF": manifest,
    "META-INF/KEY.SF": signatureFile,
    "META-INF/KEY.RSA": block,
    ...files,
    ...parts.planted,
  });
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "latin1");
}
