import { err, ok, type Result } from "../../kernel/result.ts";
import { printable } from "../../kernel/text.ts";
import { digestProblem, type Manifest, readManifest } from "./manifest.ts";
import { verifySignature } from "./signature.ts";
import { readZip, unpack, type ZipEntry } from "./zip.ts";

export interface JarLimits {
  /** Most bytes that all signed entries may have together after unpacking. */
  maxBytes: number;
  /** Default 1,000. */
  maxEntries?: number;
  /** Accepts a JAR signed with SHA-1: only where the format knows nothing better, as F-Droid's first index. Default false. */
  allowSha1?: boolean;
}

export interface SignedJar {
  /** The bytes of a signed entry, as they were signed; undefined when no such entry is there or nobody signed it. */
  entry(name: string): Uint8Array | undefined;
  /** Lower-case hex SHA-256 of the signer's certificate. Whose it is, is for the caller to judge. */
  certificateSha256: string;
}

/** Manifest, signature file and signature block are read whole before anything is proved, so they must be small. */
const MOST_META_BYTES = 2_000_000;

/**
 * Opens a signed JAR of one signer and proves all that it hands out, as the JAR specification says: the block signs the
 * signature file, which holds the digest of the whole manifest, which holds the digest of each entry. Any entry that does not
 * fit spoils the whole; the error is a sentence.
 */
export function openSignedJar(bytes: Uint8Array, limits: JarLimits): Result<SignedJar, string> {
  const allowSha1 = limits.allowSha1 ?? false;
  const zip = readZip(bytes, limits.maxEntries ?? 1_000);
  if (!zip.ok) return zip;
  const meta = signatureFiles(bytes, zip.value);
  if (!meta.ok) return meta;
  const signer = verifySignature(meta.value.block, meta.value.signature, allowSha1);
  if (!signer.ok) return signer;

  const signature = readManifest(meta.value.signature, "the signature file");
  if (!signature.ok) return signature;
  const broken = digestProblem(signature.value.main, "digest-manifest", meta.value.manifest, allowSha1);
  if (broken !== undefined) return err(`the manifest ${broken}`);
  const manifest = readManifest(meta.value.manifest, "the manifest");
  if (!manifest.ok) return manifest;
  const entries = signedEntries(bytes, zip.value, manifest.value, signature.value, { ...limits, allowSha1 });
  if (!entries.ok) return entries;
  return ok({ certificateSha256: signer.value, entry: (name) => entries.value.get(name) });
}

interface SignatureFiles {
  manifest: Uint8Array;
  signature: Uint8Array;
  block: Uint8Array;
}

function signatureFiles(bytes: Uint8Array, zip: ReadonlyMap<string, ZipEntry>): Result<SignatureFiles, string> {
  const meta = [...zip.values()].filter(({ name }) => /^META-INF\/[^/]+$/i.test(name));
  // Java finds these files whatever the case of their letters, so two that differ in nothing else are two manifests.
  const manifests = meta.filter(({ name }) => /\/MANIFEST\.MF$/i.test(name));
  const signatures = meta.filter(({ name }) => /\.SF$/i.test(name));
  const blocks = meta.filter(({ name }) => /\.(?:RSA|DSA|EC)$/i.test(name));
  const [[manifest], [signature], [block]] = [manifests, signatures, blocks];
  if (manifest === undefined || signature === undefined || block === undefined) return err("the JAR is not signed");
  if (manifests.length + signatures.length + blocks.length > 3) return err("the JAR has more than one signature");
  if (baseName(signature) !== baseName(block)) return err("the JAR's signature file and block do not belong together");
  const parts = [manifest, signature, block].map((entry) =>
    entry.size > MOST_META_BYTES ? err(`${printable(entry.name, 80)} is too large`) : unpack(bytes, entry),
  );
  const [one, two, three] = parts as [(typeof parts)[0], (typeof parts)[0], (typeof parts)[0]];
  if (!one.ok) return one;
  if (!two.ok) return two;
  if (!three.ok) return three;
  return ok({ manifest: one.value, signature: two.value, block: three.value });
}

function baseName({ name }: ZipEntry): string {
  return name.toLowerCase().replace(/\.[^.]*$/, "");
}

function signedEntries(
  bytes: Uint8Array,
  zip: ReadonlyMap<string, ZipEntry>,
  manifest: Manifest,
  signature: Manifest,
  { maxBytes, allowSha1 }: { maxBytes: number; allowSha1: boolean },
): Result<Map<string, Uint8Array>, string> {
  const entries = new Map<string, Uint8Array>();
  let room = maxBytes;
  for (const [name, attributes] of manifest.sections) {
    const entry = zip.get(name);
    if (entry === undefined || name.endsWith("/") || !signature.sections.has(name)) continue;
    room -= entry.size;
    if (room < 0) return err(`the JAR unpacks to more than ${maxBytes} bytes`);
    const unpacked = unpack(bytes, entry);
    if (!unpacked.ok) return unpacked;
    const broken = digestProblem(attributes, "digest", unpacked.value, allowSha1);
    if (broken !== undefined) return err(`${printable(name, 80)} ${broken}`);
    entries.set(name, unpacked.value);
  }
  return ok(entries);
}
