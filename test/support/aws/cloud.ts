import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import type { Ledger } from "../../../lib/domain/finding/ledger.ts";
import { awsSettings } from "../../../lib/platform/aws/environment.ts";
import { openCloudDb } from "../../../lib/platform/dynamo/cloud.ts";
import { createLedger } from "../../../lib/platform/dynamo/ledger.ts";
import { ensureTable } from "../../../lib/platform/dynamo/table.ts";
import { type AwsServer, startAws } from "./server.ts";

const BUNDLES = fileURLToPath(new URL("../../../dist/functions/", import.meta.url));

/** The bank's account as the bundled functions see it, on this machine. */
export interface Cloud {
  aws: AwsServer;
  /** Calls a bundled handler as Lambda does: JSON in, JSON out. */
  call<T>(name: string, event: unknown, options?: CallOptions): Promise<T>;
  /** What is called here what a template calls otherwise: `LedgerB7379752` is the table. Throws where nothing is. */
  local(logicalName: string): string;
  /** Uploads a folder with `knockoff.yaml`, and delivers S3's notice of it. */
  upload(folder: string): Promise<unknown>;
  /** An empty table in the place of the last one. */
  newTable(): Promise<void>;
  /** Lets every lease lapse. */
  timePasses(): Promise<void>;
  /** What stands in the ledger. */
  findings(): Promise<Finding[]>;
  /** Ids of what waits in the outbox. */
  outbox(): Promise<string[]>;
  stop(): Promise<void>;
}

export interface CallOptions {
  remainingMs?: number;
  /** All that the function is told of its account; by default everything. */
  environment?: Record<string, string>;
}

const NAMES = {
  KNOCKOFF_TABLE: "knockoff-findings",
  KNOCKOFF_EVIDENCE_BUCKET: "knockoff-evidence",
  KNOCKOFF_CONFIG_BUCKET: "knockoff-config",
  KNOCKOFF_TOPIC_FINDINGS: "arn:findings",
  KNOCKOFF_TOPIC_DIGEST: "arn:digest",
  KNOCKOFF_TOPIC_OPERATIONS: "arn:operations",
  KNOCKOFF_CREDENTIALS: "arn:credentials",
};

/** By the beginning of what the stacks call it. */
const LOGICAL: Record<string, keyof typeof NAMES> = {
  Ledger: "KNOCKOFF_TABLE",
  Evidence: "KNOCKOFF_EVIDENCE_BUCKET",
  Config: "KNOCKOFF_CONFIG_BUCKET",
  FindingsTopic: "KNOCKOFF_TOPIC_FINDINGS",
  DigestTopic: "KNOCKOFF_TOPIC_DIGEST",
  OperationsTopic: "KNOCKOFF_TOPIC_OPERATIONS",
  Credentials: "KNOCKOFF_CREDENTIALS",
};

/** Handlers read their environment when they are called, so a test file runs one cloud at a time. */
export async function openCloud(): Promise<Cloud> {
  if (!existsSync(BUNDLES)) throw new Error("the functions are not bundled: run `npm run build:functions`");
  const aws = await startAws();
  aws.buckets.set(NAMES.KNOCKOFF_EVIDENCE_BUCKET, { locked: true, objects: new Map() });
  aws.buckets.set(NAMES.KNOCKOFF_CONFIG_BUCKET, { locked: false, objects: new Map() });
  const before = { ...process.env };
  const names: Record<string, string> = { ...NAMES };
  Object.assign(process.env, {
    AWS_REGION: "eu-central-1",
    AWS_ENDPOINT_URL: aws.url,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    POWERTOOLS_LOG_LEVEL: "SILENT",
    POWERTOOLS_METRICS_NAMESPACE: "Knockoff",
    POWERTOOLS_METRICS_DISABLED: "true",
    POWERTOOLS_SERVICE_NAME: "test",
  });
  let tables = 0;
  let calls = 0;
  await newTable();

  async function newTable(): Promise<void> {
    tables += 1;
    names.KNOCKOFF_TABLE = `${NAMES.KNOCKOFF_TABLE}-${tables}`;
    await makeTable(aws.url, names.KNOCKOFF_TABLE);
  }

  function ledger(): Ledger {
    return createLedger(openCloudDb(awsSettings(process.env), names.KNOCKOFF_TABLE ?? ""));
  }

  async function call<T>(name: string, event: unknown, options: CallOptions = {}): Promise<T> {
    const { handler } = (await import(pathToFileURL(join(BUNDLES, name, "index.mjs")).href)) as {
      handler: (event: unknown, context: object) => Promise<T>;
    };
    for (const known of Object.keys(process.env)) if (known.startsWith("KNOCKOFF_")) delete process.env[known];
    Object.assign(process.env, options.environment ?? names);
    calls += 1;
    const ends = Date.now() + (options.remainingMs ?? 600_000);
    const context = { awsRequestId: `request-${calls}`, getRemainingTimeInMillis: () => ends - Date.now() };
    const answer = await handler(JSON.parse(JSON.stringify(event)), context);
    return answer === undefined ? answer : JSON.parse(JSON.stringify(answer));
  }

  return {
    aws,
    call,
    async upload(folder) {
      const objects = aws.buckets.get(NAMES.KNOCKOFF_CONFIG_BUCKET)?.objects;
      for (const path of filesOf(folder)) objects?.set(`incoming/${path}`, readFileSync(join(folder, path)));
      const body = JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put" }] });
      return call("accept", { Records: [{ messageId: `upload-${calls}`, body, eventSource: "aws:sqs" }] });
    },
    local(logicalName) {
      const [word] = Object.entries(LOGICAL).find(([word]) => logicalName.startsWith(word)) ?? [];
      if (word === undefined) throw new Error(`a function is told of ${logicalName}, which is not here`);
      return names[LOGICAL[word] ?? ""] ?? "";
    },
    newTable,
    timePasses: () => dropLeases(aws.url, names.KNOCKOFF_TABLE ?? ""),
    findings: async () => (await ledger().list({}, 5_000)).findings,
    outbox: async () => (await ledger().pendingNotices(5_000)).map(({ id }) => id),
    async stop() {
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      await aws.stop();
    },
  };
}

const LOCAL = { region: "eu-central-1", credentials: { accessKeyId: "local", secretAccessKey: "unused" } };

async function makeTable(endpoint: string, table: string): Promise<void> {
  const client = new DynamoDBClient({ ...LOCAL, endpoint });
  while ((await ensureTable(client, table)) !== "ACTIVE") await new Promise((resolve) => setTimeout(resolve, 20));
  client.destroy();
}

async function dropLeases(endpoint: string, TableName: string): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...LOCAL, endpoint }));
  const { Items } = await client.send(new ScanCommand({ TableName, FilterExpression: "attribute_exists(leaseUntil)" }));
  for (const { pk, sk } of Items ?? []) {
    await client.send(new UpdateCommand({ TableName, Key: { pk, sk }, UpdateExpression: "REMOVE leaseUntil" }));
  }
  client.destroy();
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
}
