import type { OidcOptions } from "../lib/entry/access/oidc-gate.ts";
import type { TokenRules } from "../lib/entry/access/token.ts";
import { systemClock } from "../lib/entry/system-clock.ts";
import { awsSettings } from "../lib/platform/aws/environment.ts";
import { readCredentials } from "../lib/platform/secrets/secrets-manager.ts";

/** Which access tokens count, as the deployment says it. */
export function tokenRules(env: NodeJS.ProcessEnv): TokenRules {
  return {
    issuer: setting(env, "KNOCKOFF_LOGIN_ISSUER"),
    audience: setting(env, "KNOCKOFF_LOGIN_AUDIENCE"),
    claim: setting(env, "KNOCKOFF_LOGIN_CLAIM"),
    scope: setting(env, "KNOCKOFF_LOGIN_SCOPE"),
  };
}

/** How browsers sign in, as the deployment says it. */
export function oidcOptions(env: NodeJS.ProcessEnv): Omit<OidcOptions, "report"> {
  const secret = env.KNOCKOFF_LOGIN_SECRET;
  return {
    ...tokenRules(env),
    address: setting(env, "KNOCKOFF_ADDRESS"),
    client: {
      id: setting(env, "KNOCKOFF_LOGIN_CLIENT"),
      // Read at every sign-in: it is put in after the deployment, and changed when the provider says so.
      secret: secret ? async () => (await readCredentials(awsSettings(env), secret)).clientSecret : undefined,
    },
    scopes: env.KNOCKOFF_LOGIN_SCOPES || undefined,
    parameters: Object.fromEntries(new URLSearchParams(env.KNOCKOFF_LOGIN_PARAMETERS)),
    clock: systemClock,
  };
}

function setting(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
