import { CfnOutput, Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import {
  AccountRecovery,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { GATE_PATHS } from "../lib/entry/access/paths.ts";
import type { BankLogin, Deployment } from "./deployment.ts";

/**
 * For a bank without an OpenID provider of its own: people are invited, nobody signs up, a second factor is a must. What they may do
 * with which brand is a group of the pool, `knockoff:<brand>:<role>`.
 */
export function userPool(
  scope: Construct,
  { name, rights }: Deployment,
  { address, nameToken }: { address: string; nameToken: IFunction },
): BankLogin {
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
  pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, nameToken, LambdaVersion.V2_0);
  const [identifier = "", scopeName = ""] = rights.scope.split("/");
  const use = new ResourceServerScope({ scopeName, scopeDescription: "Console and API, as far as one's groups go" });
  const server = pool.addResourceServer("Api", { identifier, scopes: [use] });
  const client = pool.addClient("Console", {
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(server, use)],
      // The second is for those who fetch a token for a program, at their own machine.
      callbackUrls: [`${address}${GATE_PATHS.callback}`, "http://localhost:8400/callback"],
      logoutUrls: [`${address}${GATE_PATHS.signedOut}`],
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
  const clientId = client.userPoolClientId;
  return { issuer: pool.userPoolProviderUrl, audience: clientId, clientId };
}
