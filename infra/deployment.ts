export const LOG_DAYS = [30, 90, 180, 365, 731] as const;

/** Everything an operator sets. `npx cdk deploy --all` does the rest. */
export interface Deployment {
  /** Begins the names of the stacks: two deployments in one account differ in it. */
  name: string;
  /** The twelve digits of the account; without them, the account of whoever deploys. */
  account?: string;
  region: string;
  /** The daily scan, in the bank's own time. */
  schedule: { hour: number; minute: number; timeZone: string };
  /** Stores asked at the same time, 1 to 20. */
  sourcesAtOnce: number;
  /** `COMPLIANCE` cannot be shortened by anybody, ever: only on the owner's written decision. */
  evidence: { lock: "GOVERNANCE" | "COMPLIANCE"; days: number };
  /** The bank's own OpenID provider, its issuer exactly as tokens say it, or a Cognito user pool made for this deployment. */
  login: { issuer: string; audience: string } | "cognito";
  /** The claim that names brands as `knockoff:<brand>`, and the scope a token must have. */
  rights: { claim: string; scope: string };
  /** Who is told by e-mail; each has to confirm once. */
  mail: { findings: string[]; digest: string[]; operations: string[] };
  /** Proxy through which stores are asked, where the bank's network wants one; without a password, for this file is no secret. */
  proxy?: string;
  logDays: (typeof LOG_DAYS)[number];
  /** A mail goes out when the month of the account is forecast to cost more, where AWS makes budgets in the region. */
  monthlyBudgetUsd: number;
  /** CloudFront before the API, under the bank's own name with a certificate of us-east-1, and a firewall before CloudFront. */
  edge: { cloudFront: boolean; firewall: boolean; domain?: { name: string; certificateArn: string } };
}

export const deployment: Deployment = {
  name: "Knockoff",
  region: "eu-central-1",
  schedule: { hour: 5, minute: 30, timeZone: "Europe/Berlin" },
  sourcesAtOnce: 10,
  evidence: { lock: "GOVERNANCE", days: 730 },
  login: { issuer: "https://login.northwind.example", audience: "knockoff" },
  rights: { claim: "groups", scope: "knockoff/read" },
  mail: { findings: [], digest: [], operations: [] },
  logDays: 180,
  monthlyBudgetUsd: 50,
  edge: { cloudFront: false, firewall: false },
};
