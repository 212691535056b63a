import type { Instant } from "../../kernel/time.ts";

/** Lower-case hex SHA-256 of the kept bytes: the evidence's name. */
export type Sha256 = string;

export type EvidenceKind = "icon" | "listing" | "response" | "reference-icon";

/** What is known of kept bytes besides the bytes. */
export interface AboutEvidence {
  kind: EvidenceKind;
  mediaType: string;
  /** Where the bytes came from, as it was asked for. */
  origin?: string;
  /** When they were read. */
  at: Instant;
}

export interface Evidence extends AboutEvidence {
  sha256: Sha256;
  bytes: number;
}

/**
 * Content-addressed, write-once store of evidence. Putting the same bytes again changes nothing and keeps the first `about`.
 * `get` verifies the hash and throws when the stored bytes no longer match it.
 */
export interface Locker {
  put(bytes: Uint8Array, about: AboutEvidence): Promise<Evidence>;
  get(sha256: Sha256): Promise<Uint8Array | undefined>;
  about(sha256: Sha256): Promise<Evidence | undefined>;
}
