import { createRoute, z } from "@hono/zod-openapi";
import type { SitePorts } from "../../site/ports.ts";
import { deed, perform } from "../deed.ts";
import type { Api } from "../env.ts";
import { problemOf, refuse } from "../problem.ts";
import { etagOf, versionIn } from "../request.ts";
import * as shapes from "../schema.ts";

const add = createRoute({
  method: "post",
  path: "/findings/{id}/events",
  summary: "Decide, assign, note, set aside, reopen, or tell of a takedown request",
  request: {
    params: shapes.named,
    headers: z.object({
      "if-match": z
        .string()
        .optional()
        .openapi({ description: "The ETag that was read, or *", param: { required: true }, example: '"3"' }),
      ...shapes.idempotencyKey,
    }),
    body: shapes.body(deed),
  },
  responses: shapes.answers(
    "The finding as it stands now; where it stood so before, nothing was written",
    z.object({ schema: z.literal("finding-row/1"), finding: shapes.row }),
    404,
    409,
    413,
    415,
    422,
    428,
  ),
});

export function eventRoutes(app: Api, ports: SitePorts): void {
  app.openapi(add, async (c) => {
    const version = versionIn(c.req.header("if-match"));
    if (version === "missing") return refuse(c, problemOf("if-match-missing"));
    if (version === "bad") return refuse(c, problemOf("bad-if-match"));
    const seen = version === "any" ? undefined : version;
    const done = await perform(ports, c.get("person"), c.req.valid("param").id, seen, c.req.valid("json"));
    if (!done.ok) return refuse(c, done.error);
    c.header("etag", etagOf(done.value.version));
    return c.json({ schema: "finding-row/1" as const, finding: shapes.rowOf(done.value) }, 200);
  });
}
