import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";

/**
 * One table. `pk`/`sk` partitions:
 *
 * | pk | sk | what |
 * |---|---|---|
 * | `F#<finding>` | `C#<version, 8 digits>` | a commit: events and notices, never rewritten but for its `lag` and `outbox` marks |
 * | `F#<finding>` | `V` | the folded view |
 * | `P#<kind>#<hash of value>` | `F#<finding>` | a pivot |
 * | `ASSIGNEE#<hash of person>` | `F#<finding>` | whether a finding is open in somebody's hands |
 * | `SOURCE#<source>` | `F#<finding>` | the findings of a source |
 * | `BRANDS` | `<brand>` | brands that have findings |
 * | `SCANS` | `<scan>` | a scan as a whole |
 * | `SCAN#<scan>` | `<source>` | what was searched of a source in a scan |
 * | `SCAN#<scan>#<source>` | `T#<task>` | a task |
 * | `HEALTH#<source>`, `SIGHTING#<finding>` | `-` | source health, last sighting |
 * | `LEASE#<name>` | `-` | who may do what one process at a time may do, and until when |
 * | `VISIT#<hash of person>` | `-` | when somebody's last two visits began |
 * | `SEEN#<hash of person>` | `-` | which brands somebody might authorise when they were last here |
 * | `HANDOVER#<hash of handover>` | `-` | what one shift leaves to the next |
 * | `HANDOVERS#<brand>`, `HANDOVERS#*` | `<at>#<handover>` | the notes that speak of a brand, and all of them |
 * | `DELEGATION#<hash of delegation>` | `-` | a right that was lent |
 * | `DELEGATIONS#<brand>`, `DELEGATIONS#*` | `<at>#<delegation>` | what was lent for a brand, and all of it |
 * | `LENDER#<hash of person>`, `BORROWER#<hash of person>` | `<at>#<delegation>` | what somebody lent, and borrowed |
 * | `REQUEST#<hash of person>` | `<hash of key>` | what was answered to a request with a key of the person's own |
 *
 * Pivots are items of the base table and need no index: a finding has several values of one kind, and an index has room for one.
 */
export const INDEXES = {
  /** Views by brand#stage and score. */
  queue: { pk: "queuePk", sk: "queueSk", also: ["verdict", "liveness", "source", "changedAt"] },
  /** Views by brand and time of their last change. */
  changes: { pk: "changesPk", sk: "changesSk", also: ["queuePk", "queueSk", "verdict", "liveness", "source"] },
  /** Commits with notices that have not gone out; sparse. */
  outbox: { pk: "outboxPk", sk: "outboxSk", also: [] },
  /** Commits whose view and pivots may not be written yet; sparse and nearly always empty. */
  lag: { pk: "lagPk", sk: "lagSk", also: [] },
} as const satisfies Record<string, { pk: string; sk: string; also: string[] }>;

export type IndexName = keyof typeof INDEXES;

/** Key schema and indexes, as CreateTable wants them. */
export function tableSchema(name: string): CreateTableCommandInput {
  const keys = ["pk", "sk", ...Object.values(INDEXES).flatMap((index) => [index.pk, index.sk])];
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: keySchema("pk", "sk"),
    AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: "S" })),
    GlobalSecondaryIndexes: Object.entries(INDEXES).map(([index, { pk, sk, also }]) => ({
      IndexName: index,
      KeySchema: keySchema(pk, sk),
      Projection:
        also.length === 0
          ? { ProjectionType: "KEYS_ONLY" }
          : { ProjectionType: "INCLUDE", NonKeyAttributes: [...also] },
    })),
  };
}

function keySchema(pk: string, sk: string): CreateTableCommandInput["KeySchema"] {
  return [
    { AttributeName: pk, KeyType: "HASH" },
    { AttributeName: sk, KeyType: "RANGE" },
  ];
}

/** Creates the table where it is missing and answers with its status; a fresh table is `CREATING` for a moment. */
export async function ensureTable(client: DynamoDBClient, name: string): Promise<string | undefined> {
  const existing = await statusOf(client, name);
  if (existing !== undefined) return existing;
  const created = await client.send(new CreateTableCommand(tableSchema(name)));
  return created.TableDescription?.TableStatus;
}

async function statusOf(client: DynamoDBClient, name: string): Promise<string | undefined> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
    return Table?.TableStatus;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
