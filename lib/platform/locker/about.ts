import type { AboutEvidence } from "../../domain/evidence/evidence.ts";

/** Names come from callers and end up in paths and keys. */
export function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** What is kept of a description, whatever else its object carried. */
export function aboutOnly({ kind, mediaType, origin, at }: AboutEvidence): AboutEvidence {
  return { kind, mediaType, origin, at };
}
