import { createHmac, timingSafeEqual } from "node:crypto";

/** The owner proves that it holds the key without the asker sending it: a port may have passed to a stranger. */
export function proofOf(key: string, nonce: string): string {
  return createHmac("sha256", key).update(nonce).digest("hex");
}

/** Whether an AWS Signature 4 header names the key as its access key. Nothing else of the signature is checked. */
export function namesKey(authorization: string | undefined, key: string): boolean {
  const named = Buffer.from(/\bCredential=([^/,\s]*)\//.exec(authorization ?? "")?.[1] ?? "");
  const expected = Buffer.from(key);
  return named.length === expected.length && timingSafeEqual(named, expected);
}
