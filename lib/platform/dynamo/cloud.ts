import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { AwsSettings } from "../aws/environment.ts";
import { sharedClient } from "../aws/shared-client.ts";
import { createDb, type Db } from "./db.ts";

/** The table at any DynamoDB endpoint. The SDK retries what is throttled; nothing has to be found again when a line is cut. */
export function openCloudDb(settings: AwsSettings, table: string): Db {
  const client = sharedClient("dynamodb", settings, () => new DynamoDBClient(settings));
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return createDb((use) => use(documents), table);
}
