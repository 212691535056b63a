import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { GATE_PATHS } from "../lib/entry/access/paths.ts";
import type { BankLogin, Deployment } from "./deployment.ts";
import { distribution, originSecret } from "./distribution.ts";
import { makeGateway, routeApi, routeConsole } from "./gateway.ts";
import { readsConfig, readsEvidence, readsSecret, writesLedger } from "./permissions.ts";
import { imageLayer, scannerFunction } from "./scanner-function.ts";
import type { StorageStack } from "./storage-stack.ts";
import { userPool } from "./user-pool.ts";

/** What people and their programs reach: console and API behind the bank's own login, and CloudFront before them where that is wanted. */
export class ConsoleStack extends Stack {
  readonly functions: LambdaFunction[];

  constructor(
    scope: Construct,
    id: string,
    private readonly deployment: Deployment,
    private readonly front: { storage: StorageStack; firewallArn?: string },
    props: StackProps,
  ) {
    super(scope, id, props);
    const { storage, firewallArn } = front;
    const { edge } = deployment;
    const gateway = makeGateway(this, deployment);
    const address = deployment.address ?? (edge.domain ? `https://${edge.domain.name}` : gateway.apiEndpoint);
    const nameToken = deployment.login === "cognito" ? this.makeNameToken() : undefined;
    const login = nameToken ? userPool(this, deployment, { address, nameToken }) : (deployment.login as BankLogin);
    const secret = edge.cloudFront ? originSecret(this, storage.key) : undefined;
    const known = { ...this.known(login), ...(secret === undefined ? {} : { KNOCKOFF_ORIGIN_SECRET: secret }) };
    const api = this.makeApi(known);
    const pages = this.makeConsole({ ...known, KNOCKOFF_ADDRESS: address }, login);
    this.functions = [api, pages, ...(nameToken ? [nameToken] : [])];
    routeApi(gateway, api, login, deployment);
    routeConsole(gateway, pages);
    this.tellAddresses(address);
    if (secret === undefined) return;
    const { distributionDomainName } = distribution(this, { api: gateway, secret, firewallArn, edge, storage });
    new CfnOutput(this, "FrontName", {
      value: distributionDomainName,
      description: "What your name must point to, as a CNAME",
    });
  }

  /** What both functions are told: where things are, and whose tokens count. */
  private known({ issuer, audience }: BankLogin): Record<string, string> {
    const { storage } = this.front;
    const { login, rights } = this.deployment;
    return {
      KNOCKOFF_TABLE: storage.table.tableName,
      KNOCKOFF_EVIDENCE_BUCKET: storage.evidence.bucketName,
      KNOCKOFF_CONFIG_BUCKET: storage.config.bucketName,
      KNOCKOFF_LOGIN_ISSUER: issuer,
      KNOCKOFF_LOGIN_AUDIENCE: audience,
      KNOCKOFF_LOGIN_CLAIM: login === "cognito" ? "cognito:groups" : rights.claim,
      KNOCKOFF_LOGIN_SCOPE: rights.scope,
    };
  }

  private makeApi(environment: Record<string, string>): LambdaFunction {
    const permissions = this.permissions();
    return scannerFunction(this, "api", this.deployment, { environment, permissions, minutes: 0.5, memoryMb: 512 });
  }

  private makeConsole(known: Record<string, string>, login: BankLogin): LambdaFunction {
    const secret = login.clientHasSecret ? this.makeLoginSecret() : undefined;
    const environment = {
      ...known,
      KNOCKOFF_LOGIN_CLIENT: login.clientId,
      ...(login.scopes === undefined ? {} : { KNOCKOFF_LOGIN_SCOPES: login.scopes }),
      ...(login.parameters === undefined
        ? {}
        : { KNOCKOFF_LOGIN_PARAMETERS: new URLSearchParams(login.parameters).toString() }),
      ...(secret === undefined ? {} : { KNOCKOFF_LOGIN_SECRET: secret.secretArn }),
    };
    return scannerFunction(this, "console", this.deployment, {
      environment,
      permissions: [...this.permissions(), ...(secret === undefined ? [] : [readsSecret(secret)])],
      minutes: 0.5,
      // Icons are decoded and drawn anew.
      memoryMb: 1024,
      layers: [imageLayer(this)],
    });
  }

  private makeNameToken(): LambdaFunction {
    // Cognito waits for five seconds.
    const limits = { minutes: 0.1, memoryMb: 128 };
    return scannerFunction(this, "name-token", this.deployment, { environment: {}, permissions: [], ...limits });
  }

  /** People read everything and write cases; what a brand is, they upload. */
  private permissions() {
    const { storage } = this.front;
    return [...writesLedger(storage), ...readsEvidence(storage), ...readsConfig(storage)];
  }

  private makeLoginSecret(): ISecret {
    const secret = new Secret(this, "LoginSecret", {
      description: 'The secret of the console at the login, as {"clientSecret": "..."}',
      encryptionKey: this.front.storage.key,
      secretObjectValue: {},
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnOutput(this, "LoginSecretArn", { value: secret.secretArn, description: "Where the client's secret goes" });
    return secret;
  }

  private tellAddresses(address: string): void {
    const tell = (name: string, path: string, description: string) =>
      new CfnOutput(this, name, { value: `${address}${path}`, description });
    tell("ConsoleUrl", "", "The console");
    tell("ApiUrl", "/api", "The API; every call needs a token");
    tell("RedirectUrl", GATE_PATHS.callback, "To be allowed to the console's client at your login");
    tell("SignedOutUrl", GATE_PATHS.signedOut, "The same, for coming back from signing out");
  }
}
