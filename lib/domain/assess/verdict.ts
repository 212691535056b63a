import type { Verdict } from "./assessment.ts";
import { type Identity, isProved } from "./identity.ts";
import { RULESET } from "./ruleset.ts";

/** What the proofs decide, before any likeness is asked; undefined where they decide nothing. */
export function provedVerdict(identity: Identity): Verdict | undefined {
  if (!isProved(identity)) {
    if (identity.certificate === "foreign" && identity.ourPackage) return "repackaged";
    return identity.partner === undefined ? undefined : "unrelated";
  }
  if (identity.inInventory) return "official";
  if (!identity.ourPackage) return "unregistered";
  // Our package from our own account is ours wherever that account sells it; under somebody else's it is a copy.
  return identity.publisher === "ours" ? "official" : "copy";
}

export function likelyVerdict(identity: Identity, score: number): Verdict {
  // A package name can be claimed by anybody, but where nothing speaks against the claim an alarm would be one too many.
  if (identity.ourPackage && identity.publisher !== "other" && identity.publisherName !== "other") return "unproved";
  if (identity.publisherName === "ours" && identity.publisher === "unknown" && identity.certificate === "unknown") {
    if (score >= RULESET.thresholds.suspicious) return "unproved";
  }
  if (score >= RULESET.thresholds.impersonation) return "impersonation";
  return score >= RULESET.thresholds.suspicious ? "suspicious" : "unrelated";
}
