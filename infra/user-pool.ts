import { CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
} from "aws-cdk-lib/aws-cognito";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";

/**
 * For a bank without an OpenID provider of its own: people are invited, nobody signs up, a second factor is a must. Who may read
 * which brand is a group of the pool, `knockoff:<brand>`.
 */
export function userPool(scope: Construct, { name, rights }: Deployment): { issuer: string; audience: string } {
  const pool = new UserPool(scope, "Analysts", {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    accountRecovery: AccountRecovery.NONE,
    featurePlan: FeaturePlan.PLUS,
    standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
    passwordPolicy: {
      minLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(2),
    },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const [identifier = "", scopeName = ""] = rights.scope.split("/");
  const read = new ResourceServerScope({ scopeName, scopeDescription: "Read findings and coverage" });
  const server = pool.addResourceServer("Api", { identifier, scopes: [read] });
  const client = pool.addClient("Console", {
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(server, read)],
      callbackUrls: ["http://localhost:8400/callback"],
    },
    accessTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
    preventUserExistenceErrors: true,
  });
  const domain = pool.addDomain("Domain", {
    cognitoDomain: { domainPrefix: `${name.toLowerCase()}-${Stack.of(scope).account}` },
  });
  new CfnOutput(scope, "LoginUrl", { value: domain.baseUrl({ fips: Stack.of(scope).region.startsWith("us-gov-") }) });
  new CfnOutput(scope, "LoginClient", { value: client.userPoolClientId });
  return { issuer: pool.userPoolProviderUrl, audience: client.userPoolClientId };
}
