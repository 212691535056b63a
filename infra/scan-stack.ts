import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import type { StateMachine } from "aws-cdk-lib/aws-stepfunctions";
import type { Construct } from "constructs";
import type { Deployment } from "./deployment.ts";
import {
  acceptsConfig,
  invokes,
  keepsEvidence,
  publishes,
  putsInto,
  readsConfig,
  readsSecret,
  startsScan,
  usesKey,
  writesLedger,
} from "./permissions.ts";
import { deadLetterQueue } from "./queues.ts";
import { imageLayer, scannerFunction } from "./scanner-function.ts";
import { scanMachine } from "./state-machine.ts";
import type { StorageStack } from "./storage-stack.ts";

/** The daily scan, the sweep of the outbox, and the desk that takes configurations in. */
export class ScanStack extends Stack {
  readonly machine: StateMachine;
  readonly functions: LambdaFunction[];
  readonly missedStarts: Queue;

  constructor(scope: Construct, id: string, deployment: Deployment, storage: StorageStack, props: StackProps) {
    super(scope, id, props);
    const layer = imageLayer(this);
    const { table, config, evidence, topics, credentials } = storage;
    const base = { KNOCKOFF_TABLE: table.tableName, KNOCKOFF_CONFIG_BUCKET: config.bucketName };
    const plan = scannerFunction(this, "plan", deployment, {
      environment: { ...base, KNOCKOFF_TIME_ZONE: deployment.schedule.timeZone },
      permissions: [...writesLedger(storage), ...readsConfig(storage)],
      // A thousand brands are ten thousand questions a source, each written down before any is asked.
      minutes: 15,
      memoryMb: 512,
    });
    const worker = {
      environment: {
        ...base,
        KNOCKOFF_EVIDENCE_BUCKET: evidence.bucketName,
        KNOCKOFF_CREDENTIALS: credentials.secretArn,
        ...(deployment.proxy === undefined ? {} : { KNOCKOFF_PROXY: deployment.proxy }),
      },
      permissions: [
        ...writesLedger(storage),
        ...readsConfig(storage),
        ...keepsEvidence(storage),
        readsSecret(credentials),
      ],
      minutes: 15,
      memoryMb: 512,
      layers: [layer],
    };
    const drain = scannerFunction(this, "drain", deployment, worker);
    const drainGooglePlay = scannerFunction(this, "drain-google-play", deployment, worker);
    const drainAppStore = scannerFunction(this, "drain-app-store", deployment, worker);
    const announce = scannerFunction(this, "announce", deployment, {
      environment: { ...base, KNOCKOFF_TOPIC_FINDINGS: topics.findings.topicArn },
      permissions: [...writesLedger(storage), ...readsConfig(storage), publishes(topics.findings)],
      minutes: 5,
      memoryMb: 512,
    });
    const digest = scannerFunction(this, "digest", deployment, {
      environment: { ...base, KNOCKOFF_TOPIC_DIGEST: topics.digest.topicArn },
      permissions: [...writesLedger(storage), ...readsConfig(storage), publishes(topics.digest)],
      minutes: 5,
      memoryMb: 512,
    });
    const accept = scannerFunction(this, "accept", deployment, {
      environment: {
        KNOCKOFF_CONFIG_BUCKET: config.bucketName,
        KNOCKOFF_EVIDENCE_BUCKET: evidence.bucketName,
        KNOCKOFF_TOPIC_OPERATIONS: topics.operations.topicArn,
      },
      // The bank's own icons are kept where the console finds those of the fakes.
      permissions: [...acceptsConfig(storage), ...keepsEvidence(storage), publishes(topics.operations)],
      minutes: 5,
      memoryMb: 1024,
      layers: [layer],
    });
    accept.addEventSource(new SqsEventSource(storage.uploads, { batchSize: 1, reportBatchItemFailures: true }));
    this.functions = [plan, drain, drainGooglePlay, drainAppStore, announce, digest, accept];
    const steps = { plan, drain, drainGooglePlay, drainAppStore, announce, digest };
    this.machine = scanMachine(this, steps, deployment);
    this.missedStarts = deadLetterQueue(this, "MissedStarts", storage.key);
    this.schedule(deployment, storage, announce);
  }

  private schedule({ schedule }: Deployment, storage: StorageStack, announce: LambdaFunction): void {
    const role = new Role(this, "SchedulerRole", {
      assumedBy: new ServicePrincipal("scheduler", {
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    });
    const rights = [startsScan(this.machine), invokes([announce]), putsInto(this.missedStarts), usesKey(storage)];
    for (const statement of rights) role.addToPolicy(statement);
    const target = { roleArn: role.roleArn, deadLetterConfig: { arn: this.missedStarts.queueArn } };
    const exactly = { mode: "OFF" };
    const daily = new CfnSchedule(this, "Daily", {
      description: "The daily scan",
      scheduleExpression: `cron(${schedule.minute} ${schedule.hour} * * ? *)`,
      scheduleExpressionTimezone: schedule.timeZone,
      flexibleTimeWindow: exactly,
      target: {
        ...target,
        arn: this.machine.stateMachineArn,
        // The planned time and not the clock names the scan, so that a start that comes twice is the same scan.
        input: JSON.stringify({ at: "<aws.scheduler.scheduled-time>" }),
        retryPolicy: { maximumEventAgeInSeconds: Duration.hours(6).toSeconds(), maximumRetryAttempts: 100 },
      },
    });
    // What could not be sent at once, and what people decided since, must not wait for the next scan.
    const sweep = new CfnSchedule(this, "Sweep", {
      description: "Sends what waits in the outbox",
      scheduleExpression: "rate(10 minutes)",
      flexibleTimeWindow: exactly,
      target: {
        ...target,
        arn: announce.functionArn,
        input: "{}",
        retryPolicy: { maximumEventAgeInSeconds: Duration.minutes(10).toSeconds(), maximumRetryAttempts: 3 },
      },
    });
    // Scheduler tries its rights when a schedule is made.
    for (const one of [daily, sweep]) one.node.addDependency(role);
  }
}
