import type { Sha256 } from "../evidence/evidence.ts";

/** Every rule that can speak; the console and the CLI have a sentence in two languages for each. */
export type SignalRule =
  // identity: what proves
  | "identity.certificate-ours"
  | "identity.certificate-foreign"
  | "identity.publisher-ours"
  | "identity.store-id-ours"
  | "identity.package-ours"
  | "identity.partner"
  // name
  | "name.exact"
  | "name.contained"
  | "name.disguised"
  | "name.typo"
  | "name.generic-context"
  | "name.unexplained"
  // lure words in the name or the text
  | "lure.name"
  | "lure.text"
  // package and developer
  | "package.near"
  | "package.extends"
  | "package.namespace"
  | "package.brand-token"
  | "publisher.name-copied"
  | "publisher.contact-ours"
  | "publisher.other-institution"
  // filing number, China
  | "filing.missing"
  | "filing.ours-elsewhere"
  | "filing.foreign"
  // text and icon
  | "text.copied"
  | "text.claims-official"
  | "icon.identical"
  | "icon.similar";

/** One weighted observation. Weights are log-odds (natural logarithm) for impersonation; doubts are negative. */
export interface Signal {
  rule: SignalRule;
  weight: number;
  facts: Record<string, string | number | boolean>;
  evidence: Sha256[];
}
