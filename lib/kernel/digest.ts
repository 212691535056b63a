/** A hash that somebody states: its algorithm and lower-case hex without separators. */
export interface Digest {
  algorithm: "sha256" | "sha1" | "md5";
  hex: string;
}

const ALGORITHM_BY_LENGTH: Record<number, Digest["algorithm"]> = { 64: "sha256", 40: "sha1", 32: "md5" };

/** Reads `AA:BB:…`, `aabb…` or `AA BB …`; undefined when it is not the hex of a known length. */
export function parseDigest(text: string): Digest | undefined {
  const hex = text.replace(/[:\s]/g, "").toLowerCase();
  const algorithm = ALGORITHM_BY_LENGTH[hex.length];
  return algorithm !== undefined && /^[0-9a-f]+$/.test(hex) ? { algorithm, hex } : undefined;
}

export function sameDigest(a: Digest, b: Digest): boolean {
  return a.algorithm === b.algorithm && a.hex === b.hex;
}
