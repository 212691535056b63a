import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { type PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  type ILayerVersion,
  Function as LambdaFunction,
  LayerVersion,
  LoggingFormat,
  Runtime,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { functionCode, imageLayerCode } from "./assets.ts";
import type { Deployment } from "./deployment.ts";
import type { FunctionName } from "./functions.ts";

export interface ScannerFunctionProps {
  environment: Record<string, string>;
  permissions: PolicyStatement[];
  minutes: number;
  memoryMb: number;
  layers?: ILayerVersion[];
}

/** Each stack has its own: what one stack exports cannot change while another uses it, and a layer changes with every new sharp. */
export function imageLayer(scope: Construct): LayerVersion {
  return new LayerVersion(scope, "ImageLayer", {
    code: imageLayerCode(),
    compatibleArchitectures: [Architecture.ARM_64],
    compatibleRuntimes: [Runtime.NODEJS_24_X],
    description: "sharp for Linux on ARM64",
  });
}

/** One of our functions: newest Node on ARM64, a role and a log group of its own, and no right that is not named. */
export function scannerFunction(
  scope: Construct,
  name: FunctionName,
  { name: namespace, logDays }: Deployment,
  props: ScannerFunctionProps,
): LambdaFunction {
  const id = name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
  // Logs hold no evidence and no decisions; their time is set, so they go with their function.
  const logGroup = new LogGroup(scope, `${id}Logs`, { retention: logDays, removalPolicy: RemovalPolicy.DESTROY });
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal("lambda") });
  for (const statement of props.permissions) role.addToPolicy(statement);
  logGroup.grantWrite(role);
  return new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    code: functionCode(name),
    handler: "index.handler",
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    timeout: Duration.minutes(props.minutes),
    memorySize: props.memoryMb,
    layers: props.layers,
    // Scheduler and queues try again by themselves, and say so where it shows.
    retryAttempts: 0,
    environment: {
      ...props.environment,
      POWERTOOLS_SERVICE_NAME: name,
      POWERTOOLS_METRICS_NAMESPACE: namespace,
    },
  });
}
