import type { APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { createApi } from "../lib/entry/api/app.ts";
import { rightsOf } from "../lib/entry/api/rights.ts";
import { readCatalog } from "./catalog.ts";
import { cameThroughFront } from "./front-door.ts";
import { cloudStore } from "./runtime.ts";

/** The gateway has checked the token; which brands it names is for us to check. */
export async function handler(event: APIGatewayProxyEventV2WithJWTAuthorizer, context: LambdaContext): Promise<object> {
  if (!cameThroughFront(event.headers, process.env.KNOCKOFF_ORIGIN_SECRET)) return { statusCode: 403 };
  const { jwt } = event.requestContext.authorizer ?? {};
  const rights = rightsOf(jwt?.claims[process.env.KNOCKOFF_BRANDS_CLAIM ?? "groups"]);
  const { ledger, book } = cloudStore(process.env, "reads");
  const app = createApi({ ledger, book, sources: readCatalog(), rightsOf: () => rights });
  return handle(app)(event as unknown as LambdaEvent, context);
}
