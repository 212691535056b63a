import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from "aws-lambda";
import type { Context, Env, Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import type { Person } from "../lib/entry/access/rights.ts";
import { cameThroughFront } from "./front-door.ts";
import { logger } from "./runtime.ts";

/** A handler for calls of the gateway. The app is put together at the first of them, and serves all that follow. */
export function serve<E extends Env>(makeApp: () => Hono<E>) {
  let handleCall: ReturnType<typeof handle> | undefined;
  return async (event: APIGatewayProxyEventV2, context: LambdaContext): Promise<APIGatewayProxyResultV2> => {
    if (!cameThroughFront(event.headers, process.env.KNOCKOFF_ORIGIN_SECRET)) return { statusCode: 403 };
    // The gateway's log has address and outcome under the same number.
    logger.appendKeys({ request: event.requestContext.requestId });
    handleCall ??= handle(makeApp());
    return handleCall(event as unknown as LambdaEvent, context) as Promise<APIGatewayProxyResultV2>;
  };
}

/** Notes who asks for what: the gateway's own log has the name of nobody who comes with a cookie. */
export function noting(
  personOf: (c: Context) => Promise<Person | undefined>,
): (c: Context) => Promise<Person | undefined> {
  return async (c) => {
    const person = await personOf(c);
    logger.info("asked", { person: person?.name ?? null, method: c.req.method, path: c.req.path });
    return person;
  };
}
