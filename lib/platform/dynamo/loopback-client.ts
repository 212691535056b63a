import { Agent } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * A client of the embedded store and of nothing else: its address is fixed to this machine and its credentials are made up,
 * so that no setting of the environment can turn a local run into a real one.
 */
export function loopbackClient(port: number, key: string): DynamoDBDocumentClient {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${port} is no port of this machine`);
  // Node 20 serves the embedded store well; the SDK's advice to move on is not the operator's to act on.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "local",
    credentials: { accessKeyId: key, secretAccessKey: "unused" },
    // A lost connection means a lost owner: the reconnecting layer above decides what to do.
    maxAttempts: 1,
    requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: 32 }), requestTimeout: 10_000 },
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
