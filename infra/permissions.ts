import { Arn, ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import type { Topic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { INDEXES } from "../lib/platform/dynamo/table.ts";
import type { StorageStack } from "./storage-stack.ts";

/** Written out rather than granted by CDK, whose grants come with wildcards that nothing here needs. */
const READS = ["GetItem", "BatchGetItem", "Query"];
const WRITES = ["PutItem", "UpdateItem", "BatchWriteItem"];

/** Nothing of ours deletes: the ledger only grows. */
export function writesLedger(storage: StorageStack): PolicyStatement[] {
  return [allow([...READS, ...WRITES].map(ofDynamo), ledgerArns(storage.table)), usesKey(storage)];
}

export function readsConfig({ config }: StorageStack): PolicyStatement[] {
  return [
    allow(["s3:GetObject"], [config.arnForObjects("accepted/current.json")]),
    allow(["s3:ListBucket"], [config.bucketArn]),
  ];
}

export function acceptsConfig(storage: StorageStack): PolicyStatement[] {
  const { config } = storage;
  return [
    allow(["s3:GetObject"], [config.arnForObjects("incoming/*")]),
    allow(["s3:GetObject", "s3:PutObject"], [config.arnForObjects("accepted/current.json")]),
    allow(["s3:ListBucket"], [config.bucketArn]),
    usesKey(storage),
  ];
}

/** Those who fetch write evidence and read its descriptions; the bytes they cannot read back. */
export function keepsEvidence({ evidence }: StorageStack): PolicyStatement[] {
  return [
    allow(["s3:PutObject"], objects(evidence, "evidence/*", "about/*")),
    allow(["s3:GetObject"], objects(evidence, "about/*")),
  ];
}

/** Those who show evidence to people. S3 tells only who may list a bucket that something is not there, and not that it is forbidden. */
export function readsEvidence({ evidence }: StorageStack): PolicyStatement[] {
  return [
    allow(["s3:GetObject"], objects(evidence, "evidence/*", "about/*")),
    allow(["s3:ListBucket"], [evidence.bucketArn]),
  ];
}

export function readsSecret({ secretArn }: ISecret): PolicyStatement {
  return allow(["secretsmanager:GetSecretValue"], [secretArn]);
}

export function publishes(topic: Topic): PolicyStatement {
  return allow(["sns:Publish"], [topic.topicArn]);
}

export function putsInto(queue: IQueue): PolicyStatement {
  return allow(["sqs:SendMessage"], [queue.queueArn]);
}

/** What DynamoDB, S3, SNS and SQS ask of those who write what the key seals. */
export function usesKey({ key }: StorageStack): PolicyStatement {
  const actions = ["DescribeKey", "Decrypt", "Encrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey"];
  return allow(
    [...actions, "GenerateDataKeyWithoutPlaintext"].map((action) => `kms:${action}`),
    [key.keyArn],
  );
}

export function invokes(functions: readonly IFunction[]): PolicyStatement {
  return allow(
    ["lambda:InvokeFunction"],
    functions.map((each) => each.functionArn),
  );
}

export function startsScan(machine: StateMachine): PolicyStatement {
  return allow(["states:StartExecution"], [machine.stateMachineArn]);
}

/** A distributed map starts and follows executions of its own machine, whose names nobody knows beforehand. */
export function startsChildren(machine: StateMachine): PolicyStatement[] {
  const name = Arn.split(machine.stateMachineArn, ArnFormat.COLON_RESOURCE_NAME).resourceName;
  const executions = (resourceName: string) =>
    Stack.of(machine).formatArn({
      service: "states",
      resource: "execution",
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  return [
    startsScan(machine),
    allow(["states:DescribeExecution", "states:StopExecution"], [executions(`${name}:*`)]),
    allow(["states:RedriveExecution"], [executions(`${name}/*:*`)]),
  ];
}

/** Step Functions sets up its log delivery itself; these actions know no narrower resource. */
export function deliversLogs(): PolicyStatement {
  const actions = [
    "CreateLogDelivery",
    "GetLogDelivery",
    "UpdateLogDelivery",
    "DeleteLogDelivery",
    "ListLogDeliveries",
  ];
  const policies = ["PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"];
  return allow(
    [...actions, ...policies].map((action) => `logs:${action}`),
    ["*"],
  );
}

/** X-Ray knows no resources. */
export function traces(): PolicyStatement {
  const actions = ["PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets"];
  return allow(
    actions.map((action) => `xray:${action}`),
    ["*"],
  );
}

function ledgerArns(table: StorageStack["table"]): string[] {
  return [table.tableArn, ...Object.keys(INDEXES).map((index) => `${table.tableArn}/index/${index}`)];
}

function objects(bucket: Bucket, ...patterns: string[]): string[] {
  return patterns.map((pattern) => bucket.arnForObjects(pattern));
}

function ofDynamo(action: string): string {
  return `dynamodb:${action}`;
}

function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}
