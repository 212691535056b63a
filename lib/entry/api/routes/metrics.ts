import { createRoute, z } from "@hono/zod-openapi";
import { plusMs } from "../../../kernel/time.ts";
import { measure } from "../../../workflows/measure/measure.ts";
import { may, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import type { Api } from "../env.ts";
import { problemOf, refuse } from "../problem.ts";
import * as shapes from "../schema.ts";

const DAYS_30 = 30 * 86_400_000;

const spread = z.object({
  count: z.int().openapi({ description: "Cases that were measured" }),
  median: z.number().optional().openapi({ description: "Milliseconds" }),
  p90: z.number().optional().openapi({ description: "Milliseconds" }),
  negative: z.int().openapi({ description: "Cases left out, whose end lies before their beginning" }),
});
const interval = spread.extend({ bySource: z.record(z.string(), spread) }).openapi("Interval");
const counts = <T extends string>(values: readonly [T, ...T[]]) => z.partialRecord(z.enum(values), z.int());

const metrics = createRoute({
  method: "get",
  path: "/metrics",
  summary: "How long the work takes, and how much of it there is",
  request: {
    query: z.object({
      brand: shapes.brands.optional(),
      since: shapes.moment.optional().openapi({ description: "30 days back where absent" }),
    }),
  },
  responses: shapes.answers(
    "Of the cases that changed since then",
    z.object({
      schema: z.literal("metrics/1"),
      since: shapes.instant,
      findings: z.int().openapi({ description: "How many cases it was measured from" }),
      cut: z.boolean().openapi({ description: "There are more, of a lower score, that were not measured" }),
      detect: interval.openapi({ description: "From the day the store says it was published until first sight" }),
      decide: interval.openapi({ description: "From first sight to the first decision" }),
      takedown: interval.openapi({ description: "From the first request until it went offline" }),
      verdicts: counts(shapes.VERDICTS),
      dispositions: counts(shapes.DISPOSITIONS),
      stages: counts(shapes.STAGES),
      weeks: z.array(z.object({ monday: z.string(), alerts: z.int(), removed: z.int() })),
    }),
    404,
  ),
});

export function metricRoutes(app: Api, ports: SitePorts): void {
  app.openapi(metrics, async (c) => {
    const { rights } = c.get("person");
    const { brand, since } = c.req.valid("query");
    if (brand?.some((id) => !may(rights, id, "read"))) return refuse(c, problemOf("no-brand"));
    const measured = await measure(ports, brand ?? readable(rights), since ?? plusMs(ports.clock(), -DAYS_30));
    return c.json({ schema: "metrics/1" as const, ...measured }, 200);
  });
}
