/**
 * The weights of one version of the judgement, in log-odds. A change of any number here is a new version: findings say which one
 * judged them.
 */
export const RULESET = {
  version: "2026.11.1",
  /** Log-odds that a listing nobody knows anything of impersonates a given brand. */
  prior: -5,
  /** From this score on a listing is an impersonation, or suspicious. */
  thresholds: { impersonation: 0.5, suspicious: 0.15 },
  identity: { proved: -9, partner: -9, foreignCertificate: 1.5, ourPackage: 3, ourPackageOtherPublisher: 4.2 },
  name: {
    exact: 8,
    strong: 6.9,
    /** The first word of a name of several. */
    lead: 5,
    /** A weak name with nothing beside it, and with words of banking or lures that explain all the rest. */
    weakAlone: 4.6,
    weakStemAlone: 3.2,
    weakContext: 6.6,
    weakDisguised: 6.6,
    weakUnexplained: 1.5,
    disguised: 0.9,
    /** Full weight where nothing beside the brand's name is explained. */
    unexplained: -1.2,
  },
  lure: { name: 0.7, text: 0.6 },
  package: {
    near: 6.7,
    far: 5.2,
    extends: 6,
    namespace: 5.9,
    token: 4,
    tokenGeneric: 5.2,
    tokenWeak: 4,
    tokenWithName: 0.8,
  },
  publisher: { nameCopied: 6, contactOurs: 0.4 },
  filing: { missing: 0.9, foreign: 0.7, oursElsewhere: 2.5 },
  text: { copied: 6.2, claimsOfficial: 2, claimsOfficialGeneric: 5.6 },
  icon: { identical: 6.5 },
} as const;

export function scoreOf(weights: readonly number[]): number {
  const sum = weights.reduce((all, weight) => all + weight, RULESET.prior as number);
  return Math.round(10_000 / (1 + Math.exp(-sum))) / 10_000;
}
