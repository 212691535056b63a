import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import dynalite from "dynalite";
import { type Bucket, createS3 } from "./s3.ts";
import { createSns, type Published } from "./sns.ts";
import type { AwsAnswer, AwsRequest } from "./wire.ts";

/** Cuts the line of the nth call to the services: `before` it took effect, or `after`. */
export type Interrupt = (nth: number) => "before" | "after" | undefined;

/** The services the scanner uses, on one loopback port: DynamoDB by dynalite, S3 and SNS by their rules for the calls we make. */
export interface AwsServer {
  url: string;
  buckets: Map<string, Bucket>;
  published: Published[];
  secrets: Map<string, string>;
  calls(): number;
  interrupt(how: Interrupt | undefined): void;
  stop(): Promise<void>;
}

export async function startAws(): Promise<AwsServer> {
  const tables = dynalite({ createTableMs: 0 });
  const serveTables = tables.listeners("request")[0] as RequestListener;
  const buckets = new Map<string, Bucket>();
  const published: Published[] = [];
  const secrets = new Map<string, string>();
  const s3 = createS3(buckets);
  const sns = createSns(published);
  let calls = 0;
  let interrupt: Interrupt | undefined;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    calls += 1;
    const cut = interrupt?.(calls);
    if (cut === "before") return void response.destroy();
    const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1];
    if (service === "dynamodb") return passOn(request, body, cut === "after" ? withoutAnswer(response) : response);
    const whole = {
      method: request.method ?? "",
      url: new URL(request.url ?? "", url),
      headers: request.headers,
      body,
    };
    const answer = answerOf(service, whole);
    if (cut === "after") return void response.destroy();
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  function answerOf(service: string | undefined, request: AwsRequest): AwsAnswer {
    if (service === "s3") return s3(request);
    if (service === "sns") return sns(request);
    if (service === "secretsmanager") return readSecret(secrets, request);
    return { status: 400, body: `no service ${service} here` };
  }

  function passOn(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { method, headers, url: path } = request;
    const replayed = Object.assign(Readable.from([body], { objectMode: false }), { method, headers, url: path });
    serveTables(replayed as unknown as IncomingMessage, response);
  }

  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    buckets,
    published,
    secrets,
    calls: () => calls,
    interrupt(how) {
      calls = 0;
      interrupt = how;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The effect takes place; whoever asked never learns of it. */
function withoutAnswer(response: ServerResponse): ServerResponse {
  response.end = (() => response.destroy()) as never;
  return response;
}

function readSecret(secrets: ReadonlyMap<string, string>, { body }: AwsRequest): AwsAnswer {
  const { SecretId } = JSON.parse(body.toString()) as { SecretId: string };
  const value = secrets.get(SecretId);
  const headers = { "content-type": "application/x-amz-json-1.1" };
  if (value === undefined)
    return { status: 400, headers, body: JSON.stringify({ __type: "ResourceNotFoundException" }) };
  return { status: 200, headers, body: JSON.stringify({ ARN: SecretId, SecretString: value }) };
}
