import { createHash, timingSafeEqual } from "node:crypto";
import { err, ok, type Result } from "../../kernel/result.ts";

/** Attributes of one section, names in lower case. */
type Attributes = ReadonlyMap<string, string>;

/** A manifest or signature file of a JAR: its main section and one section for each entry. */
export interface Manifest {
  main: Attributes;
  sections: ReadonlyMap<string, Attributes>;
}

/** Reads MANIFEST.MF or an .SF file. Refused is what two readers could read in two ways: a name or an attribute twice. */
export function readManifest(bytes: Uint8Array, what: string): Result<Manifest, string> {
  // A long line goes on after a line break and a space, even within a character: so unfold bytes, then decode.
  const unfolded = Buffer.from(bytes)
    .toString("latin1")
    .replace(/(?:\r\n|\n|\r) /g, "");
  const [head = "", ...blocks] = Buffer.from(unfolded, "latin1")
    .toString("utf8")
    .replace(/\r\n?/g, "\n")
    .split(/\n{2,}/);
  const main = readAttributes(head);
  if (main === undefined || main.size === 0) return err(`${what} is not written as a manifest`);
  const sections = new Map<string, Attributes>();
  for (const block of blocks) {
    if (block.trim() === "") continue;
    const attributes = readAttributes(block);
    const name = attributes?.get("name");
    if (attributes === undefined || name === undefined) return err(`${what} has a section that names no entry`);
    if (sections.has(name)) return err(`${what} names an entry twice`);
    sections.set(name, attributes);
  }
  return ok({ main, sections });
}

function readAttributes(block: string): Attributes | undefined {
  const attributes = new Map<string, string>();
  for (const line of block.split("\n")) {
    if (line === "") continue;
    const [, name, value] = /^([A-Za-z0-9][\w-]{0,69}): (.*)$/s.exec(line) ?? [];
    if (name === undefined || value === undefined || attributes.has(name.toLowerCase())) return undefined;
    attributes.set(name.toLowerCase(), value);
  }
  return attributes;
}

const STRONG = ["sha-256", "sha-384", "sha-512"];
const WEAK = ["sha1", "sha-1"];

/**
 * Checks bytes against the digests a section states as `<algorithm>-<suffix>`; undefined when one of them is accepted and
 * every one that is known fits. SHA-1 is accepted only where `allowSha1` says so.
 */
export function digestProblem(
  attributes: Attributes,
  suffix: string,
  bytes: Uint8Array,
  allowSha1: boolean,
): string | undefined {
  const stated = [...STRONG, ...WEAK].flatMap((algorithm) => {
    const digest = attributes.get(`${algorithm}-${suffix}`);
    return digest === undefined ? [] : [{ algorithm, digest }];
  });
  if (stated.some(({ algorithm, digest }) => !fits(bytes, algorithm, digest))) return "does not fit its digest";
  const accepted = allowSha1 ? [...STRONG, ...WEAK] : STRONG;
  if (stated.some(({ algorithm }) => accepted.includes(algorithm))) return undefined;
  return stated.length > 0 ? "has only a SHA-1 digest, which proves nothing any more" : "has no digest that is known";
}

function fits(bytes: Uint8Array, algorithm: string, digest: string): boolean {
  const stated = Buffer.from(digest, "base64");
  const real = createHash(algorithm.replace("-", "")).update(bytes).digest();
  return stated.length === real.length && timingSafeEqual(stated, real);
}
