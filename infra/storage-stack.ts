import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from "aws-cdk-lib";
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type LifecycleRule,
  ObjectLockRetention,
} from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { CfnQueuePolicy, type Queue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { INDEXES } from "../lib/platform/dynamo/table.ts";
import type { Deployment } from "./deployment.ts";
import { type Arns, OUTPUTS } from "./outputs.ts";
import { partitionOf } from "./partition.ts";
import { workQueue } from "./queues.ts";

/** What outlives every other stack: ledger, evidence, configuration, topics, secret and the key to all of them. */
export class StorageStack extends Stack {
  readonly key: Key;
  readonly table: TableV2;
  readonly accessLogs: Bucket;
  readonly evidence: Bucket;
  readonly config: Bucket;
  readonly uploads: Queue;
  readonly refusedUploads: Queue;
  readonly topics: { findings: Topic; digest: Topic; operations: Topic };
  readonly credentials: Secret;

  constructor(scope: Construct, id: string, deployment: Deployment, props: StackProps) {
    super(scope, id, props);
    this.key = this.makeKey(deployment);
    this.table = this.makeTable();
    this.accessLogs = this.makeBucket("AccessLogs", { keepDays: deployment.logDays });
    this.evidence = this.makeBucket("Evidence", {
      logs: this.accessLogs,
      lock: retentionOf(deployment.evidence),
    });
    this.config = this.makeBucket("Config", { logs: this.accessLogs });
    // An upload of a folder takes a moment: what the file names should be there when it is looked at.
    const times = { visibilityTimeout: Duration.minutes(30), deliveryDelay: Duration.minutes(1) };
    const { queue, dead } = workQueue(this, "Uploads", this.key, times);
    this.uploads = queue;
    this.refusedUploads = dead;
    this.noticeUploads();
    this.topics = {
      findings: this.makeTopic("Findings", deployment.mail.findings),
      digest: this.makeTopic("Digest", deployment.mail.digest),
      operations: this.makeTopic("Operations", deployment.mail.operations),
    };
    this.letIn(this.topics.operations, "cloudwatch", ...budgetServices(deployment));
    this.credentials = new Secret(this, "Credentials", {
      description: "Credentials of stores, as a JSON object by the names knockoff.yaml uses (credentialEnv)",
      encryptionKey: this.key,
      secretObjectValue: {},
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.tellArns();
  }

  private tellArns(): void {
    const { table, evidence, config, topics, credentials, key } = this;
    const arns: Arns = {
      TABLE: table.tableArn,
      EVIDENCE_BUCKET: evidence.bucketArn,
      CONFIG_BUCKET: config.bucketArn,
      TOPIC_FINDINGS: topics.findings.topicArn,
      TOPIC_DIGEST: topics.digest.topicArn,
      TOPIC_OPERATIONS: topics.operations.topicArn,
      CREDENTIALS: credentials.secretArn,
      KEY: key.keyArn,
    };
    for (const [name, output] of Object.entries(OUTPUTS))
      new CfnOutput(this, output, { value: arns[name as keyof Arns] });
    new CfnOutput(this, "Upload", {
      value: `s3://${config.bucketName}/incoming/`,
      description: "Where knockoff.yaml goes",
    });
  }

  private makeKey(deployment: Deployment): Key {
    const key = new Key(this, "Key", {
      description: "Knockoff: ledger, evidence, configuration, notices",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Alarms, bucket notifications and schedules write to encrypted topics and queues in the name of their service.
    for (const service of ["cloudwatch", "s3", "scheduler", ...budgetServices(deployment)]) {
      key.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal(service)],
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: ["*"],
          conditions: { StringEquals: { "aws:SourceAccount": this.account } },
        }),
      );
    }
    return key;
  }

  private makeTable(): TableV2 {
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    return new TableV2(this, "Ledger", {
      partitionKey: text("pk"),
      sortKey: text("sk"),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(this.key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      globalSecondaryIndexes: Object.entries(INDEXES).map(([indexName, { pk, sk, also }]) => ({
        indexName,
        partitionKey: text(pk),
        sortKey: text(sk),
        ...(also.length === 0
          ? { projectionType: ProjectionType.KEYS_ONLY }
          : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...also] }),
      })),
    });
  }

  private makeBucket(
    id: string,
    { logs, lock, keepDays }: { logs?: Bucket; lock?: ObjectLockRetention; keepDays?: number },
  ): Bucket {
    return new Bucket(this, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // S3 cannot deliver access logs into a bucket under a customer's key.
      ...(logs === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : { encryption: BucketEncryption.KMS, encryptionKey: this.key, bucketKeyEnabled: true }),
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      objectLockDefaultRetention: lock,
      lifecycleRules: keepDays === undefined ? undefined : [goneAfter(keepDays)],
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: logs === undefined ? undefined : `${id.toLowerCase()}/`,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /**
   * S3 tells the queue of each new configuration. Written in CloudFormation's own terms: CDK's would bring a function of its own
   * that may change the notifications of every bucket of the account.
   */
  private noticeUploads(): void {
    const source = { StringEquals: { "aws:SourceAccount": this.account } };
    this.uploads.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("s3")],
        actions: ["sqs:SendMessage"],
        resources: [this.uploads.queueArn],
        conditions: source,
      }),
    );
    const bucket = this.config.node.defaultChild as CfnBucket;
    const filter = { s3Key: { rules: [{ name: "prefix", value: "incoming/knockoff.yaml" }] } };
    bucket.notificationConfiguration = {
      queueConfigurations: [{ event: "s3:ObjectCreated:*", queue: this.uploads.queueArn, filter }],
    };
    // S3 sends a trial message when the notification is set up, and must be let in by then.
    const policies = this.uploads.node.findAll().filter((part) => part instanceof CfnQueuePolicy);
    for (const policy of policies) bucket.addResourceDependency(policy);
  }

  private makeTopic(id: string, mail: readonly string[]): Topic {
    const topic = new Topic(this, `${id}Topic`, { masterKey: this.key, enforceSSL: true });
    for (const address of mail) topic.addSubscription(new EmailSubscription(address));
    return topic;
  }

  /** Services that tell people through a topic in the name of this account. */
  private letIn(topic: Topic, ...services: string[]): void {
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: services.map((service) => new ServicePrincipal(service)),
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": this.account } },
      }),
    );
  }
}

/** Logs, which are no evidence. */
export function goneAfter(days: number): LifecycleRule {
  return { expiration: Duration.days(days), noncurrentVersionExpiration: Duration.days(7) };
}

/** A policy that names a service its partition does not have is refused. */
function budgetServices({ region }: Deployment): string[] {
  return partitionOf(region).budgets ? ["budgets"] : [];
}

function retentionOf({ lock, days }: Deployment["evidence"]): ObjectLockRetention {
  return lock === "COMPLIANCE"
    ? ObjectLockRetention.compliance(Duration.days(days))
    : ObjectLockRetention.governance(Duration.days(days));
}
