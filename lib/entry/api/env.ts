import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Person } from "../access/rights.ts";

/** What every route finds beside its request. */
export interface ApiEnv {
  Variables: { person: Person };
}

export type Api = OpenAPIHono<ApiEnv>;
