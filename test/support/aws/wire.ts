import type { IncomingHttpHeaders } from "node:http";

/** One whole request; its service is read from the signature's scope, as AWS's own front doors do. */
export interface AwsRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface AwsAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}
