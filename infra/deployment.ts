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
  /** The bank's own OpenID provider, or a Cognito user pool made for this deployment. */
  login: BankLogin | "cognito";
  /**
   * Where people open the console, where that is neither `edge.domain` nor what the gateway itself is called: a name of the bank's that
   * leads to the gateway. People are sent back there after the login, and cookies count there only.
   */
  address?: string;
  /** The claim of access tokens that names brands and roles as `knockoff:<brand>:<role>`, and the scope a token must have. */
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

export interface BankLogin {
  /** Exactly as tokens say it. */
  issuer: string;
  /** What access tokens are for: `aud`, or `client_id` where there is none. */
  audience: string;
  /** The console as the provider knows it: a client that may use the code flow and go back to what the deployment prints as `RedirectUrl`. */
  clientId: string;
  /** Whether the provider gave the client a secret. It is put into the secret that the deployment prints as `LoginSecretArn`. */
  clientHasSecret?: boolean;
  /** What the console asks for, where `openid` and `rights.scope` will not do: for Entra `openid api://…/knockoff.use`. */
  scopes?: string;
  /** What else the provider wants to be told when somebody signs in, such as Auth0's `audience`. */
  parameters?: Record<string, string>;
}

export const deployment: Deployment = {
  name: "Knockoff",
  region: "eu-central-1",
  schedule: { hour: 5, minute: 30, timeZone: "Europe/Berlin" },
  sourcesAtOnce: 10,
  evidence: { lock: "GOVERNANCE", days: 730 },
  login: { issuer: "https://login.northwind.example", audience: "knockoff", clientId: "knockoff-console" },
  rights: { claim: "groups", scope: "knockoff/use" },
  mail: { findings: [], digest: [], operations: [] },
  logDays: 180,
  monthlyBudgetUsd: 50,
  edge: { cloudFront: false, firewall: false },
};
