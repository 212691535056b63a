import { createHash } from "node:crypto";

/** Lower-case hex SHA-256 of bytes or of UTF-8 text. */
export function sha256Hex(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/**
 * A short stable name for a tuple of texts. The parts are length-prefixed, so ("ab", "c") and ("a", "bc") differ.
 * 60 bits in Crockford's base 32: no letter that is mistaken for a digit when it is read out on the telephone.
 */
export function stableId(prefix: string, ...parts: string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  const bits = hash.digest();
  let id = "";
  for (let i = 0; i < 12; i += 1) id += ALPHABET[(bits[i] as number) & 31];
  return `${prefix}-${id}`;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
