import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Cloud } from "./cloud.ts";

/**
 * Calls a bundled function as API Gateway does with a request of the internet, and gives back what the internet gets: an event of
 * version 2.0, with cookies apart from the other headers, and an answer whose body may be base64.
 */
export async function throughGateway(
  cloud: Cloud,
  name: string,
  environment: Record<string, string>,
  request: Request,
): Promise<Response> {
  const answer = await cloud.call<APIGatewayProxyStructuredResultV2>(name, await gatewayEvent(request), {
    environment,
  });
  const headers = new Headers(Object.entries(answer.headers ?? {}).map(([key, value]) => [key, String(value)]));
  for (const cookie of answer.cookies ?? []) headers.append("set-cookie", cookie);
  const body = answer.isBase64Encoded ? Buffer.from(answer.body ?? "", "base64") : answer.body;
  const status = answer.statusCode ?? 200;
  return new Response([204, 304].includes(status) ? null : body, { status, headers });
}

/** The gateway is called by its own name, whatever name people know it by. */
const GATEWAY = "a1b2c3.execute-api.eu-central-1.example";

export async function gatewayEvent(request: Request): Promise<object> {
  const { pathname, search } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const { cookie, ...others } = headers;
  const body = await request.text();
  const http = {
    method: request.method,
    path: pathname,
    protocol: "HTTP/1.1",
    sourceIp: "203.0.113.9",
    userAgent: "test",
  };
  return {
    version: "2.0",
    rawPath: pathname,
    rawQueryString: search.slice(1),
    cookies: cookie?.split("; "),
    headers: { ...others, host: GATEWAY },
    body: body === "" ? undefined : Buffer.from(body).toString("base64"),
    isBase64Encoded: body !== "",
    requestContext: { http, stage: "$default", domainName: GATEWAY },
  };
}
