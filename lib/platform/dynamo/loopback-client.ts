import { Agent } from "node:http";
import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
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
    signer: signerOf(key),
    // A lost connection means a lost owner: the reconnecting layer above decides what to do.
    maxAttempts: 1,
    requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: 32 }), requestTimeout: 10_000 },
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

type Signer = Extract<DynamoDBClientConfig["signer"], { sign: unknown }>;

/** The embedded store looks at the key and at nothing else of a signature; to compute one would take a fifth of every question's time. */
function signerOf(key: string): Signer {
  const scope = "20260101/local/dynamodb/aws4_request";
  const authorization = `AWS4-HMAC-SHA256 Credential=${key}/${scope}, SignedHeaders=host, Signature=none`;
  return {
    async sign(request) {
      Object.assign(request.headers, { "x-amz-date": "20260101T000000Z", authorization });
      return request;
    },
  };
}
