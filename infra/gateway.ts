import { RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import type { BankLogin, Deployment } from "./deployment.ts";

/** Which token asked for what, and who was not let in; the name of who asks stands in the log of the function. */
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

/** A page of the queue brings its icons with it, a hundred at once. */
const THROTTLE = { rateLimit: 200, burstLimit: 400 };

const METHODS = [HttpMethod.GET, HttpMethod.POST];

export function makeGateway(scope: Construct, { name, logDays }: Deployment): HttpApi {
  const gateway = new HttpApi(scope, "Gateway", { apiName: name, createDefaultStage: false });
  const logs = new LogGroup(scope, "GatewayLogs", { retention: logDays, removalPolicy: RemovalPolicy.DESTROY });
  new HttpStage(scope, "Stage", {
    httpApi: gateway,
    stageName: "$default",
    autoDeploy: true,
    throttle: THROTTLE,
    accessLogSettings: {
      destination: new LogGroupLogDestination(logs),
      format: AccessLogFormat.custom(JSON.stringify(ACCESS)),
    },
  });
  return gateway;
}

/** Programs bring a token, which the gateway looks at before the function does. */
export function routeApi(gateway: HttpApi, api: IFunction, login: BankLogin, { rights }: Deployment): void {
  gateway.addRoutes({
    path: "/api/{proxy+}",
    methods: METHODS,
    integration: new HttpLambdaIntegration("Api", api),
    authorizer: new HttpJwtAuthorizer("Login", login.issuer, { jwtAudience: [login.audience] }),
    // An ID token has no scope: asking for one keeps it from being taken for an access token.
    authorizationScopes: [rights.scope],
  });
}

/** Browsers bring a cookie, which the gateway cannot read, or nobody yet: the function looks at every call itself. */
export function routeConsole(gateway: HttpApi, page: IFunction): void {
  for (const path of ["/", "/{proxy+}"]) {
    gateway.addRoutes({
      path,
      methods: METHODS,
      integration: new HttpLambdaIntegration("Console", page),
      authorizer: new HttpNoneAuthorizer(),
    });
  }
}
