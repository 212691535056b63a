import type { APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { createApi } from "../lib/entry/api/app.ts";
import { rightsOf } from "../lib/entry/api/rights.ts";
import { readCatalog } from "./catalog.ts";
import { cloudStore } from "./runtime.ts";

/** The gateway has checked the token; which brands it names is for us to check. */
export async function handler(event: LambdaEvent, context: LambdaContext) {
  const { jwt } = (event as unknown as APIGatewayProxyEventV2WithJWTAuthorizer).requestContext.authorizer ?? {};
  const rights = rightsOf(jwt?.claims[process.env.KNOCKOFF_BRANDS_CLAIM ?? "groups"]);
  const { ledger, book } = cloudStore(process.env, "reads");
  return handle(createApi({ ledger, book, sources: readCatalog(), rightsOf: () => rights }))(event, context);
}
