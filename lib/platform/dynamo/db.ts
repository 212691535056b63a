import { setTimeout as sleep } from "node:timers/promises";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { INDEXES, type IndexName } from "./table.ts";

export type Item = Record<string, unknown>;

export interface Key {
  pk: string;
  sk: string;
}

/** An expression and what its `#names` and `:values` stand for. */
export interface Expression {
  text: string;
  names?: Record<string, string>;
  values?: Record<string, unknown>;
}

export interface RangeQuery {
  /** The base table, read consistently, when absent. */
  index?: IndexName;
  pk: string;
  sk?: { op: "<" | ">" | ">=" | "begins_with"; value: string };
  filter?: Expression;
  backwards?: boolean;
  /** Items read (before the filter) in one request. */
  pageSize?: number;
  attributes?: string[];
}

/** Runs one request; a host that can lose its store reconnects in here and runs `use` again, so `use` must bear repeating. */
export type Connection = <T>(use: (client: DynamoDBDocumentClient) => Promise<T>) => Promise<T>;

/** The verbs the ledger and the scan book are written in: single items, each write conditional or idempotent. */
export interface Db {
  /** False when the condition does not hold. */
  put(item: Item & Key, condition?: Expression): Promise<boolean>;
  /** Unconditional and in no order: only for items that are the same whoever writes them. */
  putMany(items: (Item & Key)[]): Promise<void>;
  get(key: Key): Promise<Item | undefined>;
  /** The items that exist, in no order. Keys must differ. */
  getMany(keys: Key[]): Promise<Item[]>;
  /** The item afterwards; undefined when the condition does not hold. */
  update(key: Key, change: Expression, condition: string): Promise<Item | undefined>;
  /** One request's worth of items. */
  page(query: RangeQuery, start?: Item): Promise<{ items: Item[]; next?: Item }>;
}

export function createDb(connection: Connection, table: string): Db {
  return {
    put: (item, condition) => put(connection, table, item, condition),
    putMany: (items) => putMany(connection, table, items),
    get: async (key) =>
      (await connection((client) => client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))))
        .Item,
    getMany: (keys) => getMany(connection, table, keys),
    update: (key, change, condition) => update(connection, table, key, change, condition),
    page: (query, start) => page(connection, table, query, start),
  };
}

/** All items of a query, a page at a time as they are asked for. */
export async function* itemsOf(db: Db, query: RangeQuery): AsyncGenerator<Item, void> {
  let start: Item | undefined;
  do {
    const { items, next } = await db.page(query, start);
    yield* items;
    start = next;
  } while (start !== undefined);
}

export async function allItems(db: Db, query: RangeQuery): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of itemsOf(db, query)) items.push(item);
  return items;
}

async function put(run: Connection, table: string, item: Item, condition?: Expression): Promise<boolean> {
  const command = new PutCommand({
    TableName: table,
    Item: item,
    ConditionExpression: condition?.text,
    ExpressionAttributeNames: condition?.names,
    ExpressionAttributeValues: condition?.values,
  });
  return (await unlessRefused(run((client) => client.send(command)))) !== undefined;
}

async function update(run: Connection, table: string, key: Key, change: Expression, condition: string) {
  const command = new UpdateCommand({
    TableName: table,
    Key: key,
    UpdateExpression: change.text,
    ConditionExpression: condition,
    ExpressionAttributeNames: change.names,
    ExpressionAttributeValues: change.values,
    ReturnValues: "ALL_NEW",
  });
  return (await unlessRefused(run((client) => client.send(command))))?.Attributes;
}

async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

async function page(run: Connection, table: string, query: RangeQuery, start?: Item) {
  const keys = query.index === undefined ? { pk: "pk", sk: "sk" } : INDEXES[query.index];
  const projected = query.attributes?.map((name, i) => [`#a${i}`, name] as const);
  const command = new QueryCommand({
    TableName: table,
    IndexName: query.index,
    ConsistentRead: query.index === undefined,
    KeyConditionExpression: `#pk = :pk${query.sk === undefined ? "" : ` AND ${sortCondition(query.sk.op)}`}`,
    FilterExpression: query.filter?.text,
    ProjectionExpression: projected?.map(([alias]) => alias).join(", "),
    ExpressionAttributeNames: {
      "#pk": keys.pk,
      ...(query.sk && { "#sk": keys.sk }),
      ...query.filter?.names,
      ...Object.fromEntries(projected ?? []),
    },
    ExpressionAttributeValues: {
      ":pk": query.pk,
      ...(query.sk && { ":sk": query.sk.value }),
      ...query.filter?.values,
    },
    ScanIndexForward: !query.backwards,
    Limit: query.pageSize,
    ExclusiveStartKey: start,
  });
  const answer = await run((client) => client.send(command));
  return { items: (answer.Items ?? []) as Item[], next: answer.LastEvaluatedKey as Item | undefined };
}

function sortCondition(op: NonNullable<RangeQuery["sk"]>["op"]): string {
  return op === "begins_with" ? "begins_with(#sk, :sk)" : `#sk ${op} :sk`;
}

async function putMany(run: Connection, table: string, items: Item[]): Promise<void> {
  for (let i = 0; i < items.length; i += 25) {
    let open = items.slice(i, i + 25).map((item) => ({ PutRequest: { Item: item } }));
    for (let round = 0; open.length > 0; round += 1) {
      await backOff(round, "written");
      const answer = await run((client) => client.send(new BatchWriteCommand({ RequestItems: { [table]: open } })));
      open = (answer.UnprocessedItems?.[table] ?? []) as typeof open;
    }
  }
}

async function getMany(run: Connection, table: string, keys: Key[]): Promise<Item[]> {
  const found: Item[] = [];
  for (let i = 0; i < keys.length; i += 100) {
    let open: Item[] = keys.slice(i, i + 100).map(({ pk, sk }) => ({ pk, sk }));
    for (let round = 0; open.length > 0; round += 1) {
      await backOff(round, "read");
      const request = { RequestItems: { [table]: { Keys: open, ConsistentRead: true } } };
      const answer = await run((client) => client.send(new BatchGetCommand(request)));
      const items = answer.Responses?.[table] ?? [];
      found.push(...items);
      // A batch over the size limit comes back in parts: progress is no reason to wait.
      if (items.length > 0) round = -1;
      open = (answer.UnprocessedKeys?.[table]?.Keys ?? []) as Item[];
    }
  }
  return found;
}

async function backOff(round: number, what: string): Promise<void> {
  if (round > 8) throw new Error(`the store has not ${what} part of a batch in ${round} rounds`);
  if (round > 0) await sleep(25 * 2 ** round);
}
