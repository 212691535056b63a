import { CfnOutput, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";
import { distribution, originSecret } from "./distribution.ts";
import { readsLedger } from "./permissions.ts";
import { scannerFunction } from "./scanner-function.ts";
import type { StorageStack } from "./storage-stack.ts";
import { userPool } from "./user-pool.ts";

/** Who read what, and who was not let in. */
const ACCESS = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  subject: "$context.authorizer.claims.sub",
  method: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  sourceIp: "$context.identity.sourceIp",
  refusal: "$context.authorizer.error",
};

/** What analysts and their programs reach: the API behind the bank's own login, and CloudFront before it where that is wanted. */
export class ConsoleStack extends Stack {
  readonly api: HttpApi;
  readonly function: LambdaFunction;

  constructor(
    scope: Construct,
    id: string,
    deployment: Deployment,
    { storage, firewallArn }: { storage: StorageStack; firewallArn?: string },
    props: StackProps,
  ) {
    super(scope, id, props);
    const secret = deployment.edge.cloudFront ? originSecret(this, storage.key) : undefined;
    this.function = scannerFunction(this, "api", deployment, {
      environment: {
        KNOCKOFF_TABLE: storage.table.tableName,
        KNOCKOFF_BRANDS_CLAIM: claimOf(deployment),
        ...(secret === undefined ? {} : { KNOCKOFF_ORIGIN_SECRET: secret }),
      },
      permissions: readsLedger(storage),
      minutes: 0.5,
      memoryMb: 512,
    });
    this.api = this.makeApi(deployment);
    if (secret === undefined) {
      new CfnOutput(this, "ApiUrl", { value: this.api.apiEndpoint, description: "The API; every call needs a token" });
      return;
    }
    const front = distribution(this, { api: this.api, secret, firewallArn, edge: deployment.edge, storage });
    new CfnOutput(this, "ApiUrl", { value: `https://${deployment.edge.domain?.name}`, description: "The API" });
    new CfnOutput(this, "FrontName", {
      value: front.distributionDomainName,
      description: "What your name must point to, as a CNAME",
    });
  }

  private makeApi(deployment: Deployment): HttpApi {
    const { issuer, audience } = deployment.login === "cognito" ? userPool(this, deployment) : deployment.login;
    const api = new HttpApi(this, "Gateway", {
      apiName: deployment.name,
      createDefaultStage: false,
      defaultAuthorizer: new HttpJwtAuthorizer("Login", issuer, { jwtAudience: [audience] }),
      // An ID token has no scope: asking for one keeps it from being taken for an access token.
      defaultAuthorizationScopes: [deployment.rights.scope],
    });
    const logs = new LogGroup(this, "GatewayLogs", {
      retention: deployment.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, "Stage", {
      httpApi: api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS)),
      },
    });
    // To read only, at the gateway too.
    api.addRoutes({
      path: "/{proxy+}",
      methods: [HttpMethod.GET],
      integration: new HttpLambdaIntegration("Reads", this.function),
    });
    return api;
  }
}

function claimOf({ login, rights }: Deployment): string {
  return login === "cognito" ? "cognito:groups" : rights.claim;
}
