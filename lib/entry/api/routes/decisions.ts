import { createRoute, z } from "@hono/zod-openapi";
import PQueue from "p-queue";
import type { Finding } from "../../../domain/finding/finding.ts";
import type { Result } from "../../../kernel/result.ts";
import { maySomewhere } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { decision, perform } from "../deed.ts";
import type { Api } from "../env.ts";
import { type Problem, refuse } from "../problem.ts";
import * as shapes from "../schema.ts";
import { roleMissing } from "../seen.ts";

const MOST = 200;
const IN_FLIGHT = 4;

const each = z.strictObject({
  id: z.string().max(100),
  version: z.int().min(1).optional().openapi({ description: "The version that was read; without it, whatever stands" }),
});

const bulk = decision.extend({
  ids: z
    .array(each)
    .min(1)
    .max(MOST)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "names a finding twice"),
});

const result = z
  .object({
    id: z.string(),
    status: z.int().openapi({ description: "What POST /findings/{id}/events would have answered" }),
    finding: shapes.row.pick({ version: true, stage: true }).optional(),
    problem: shapes.problem.optional(),
  })
  .openapi("Decided");

const decide = createRoute({
  method: "post",
  path: "/decisions",
  summary: "The same decision for several findings",
  description:
    "One event is written for each finding, and each has its own outcome: what befalls one changes nothing for the others.",
  request: { headers: z.object(shapes.idempotencyKey), body: shapes.body(bulk) },
  responses: shapes.answers(
    "One outcome for each finding, in the order they were named",
    z.object({ schema: z.literal("decisions/1"), results: z.array(result) }),
    409,
    413,
    415,
    422,
  ),
});

export function decisionRoutes(app: Api, ports: SitePorts): void {
  app.openapi(decide, async (c) => {
    const { ids, ...wish } = c.req.valid("json");
    const person = c.get("person");
    if (!maySomewhere(person.rights, "triage")) return refuse(c, roleMissing(person, "the brand", "triage"));
    const outcomes = await new PQueue({ concurrency: IN_FLIGHT }).addAll(
      ids.map(({ id, version }) => async () => {
        return resultOf(id, await perform(ports, person, id, version, { ...wish, kind: "decided" }));
      }),
    );
    return c.json({ schema: "decisions/1" as const, results: outcomes }, 200);
  });
}

function resultOf(id: string, outcome: Result<Finding, Problem>): z.infer<typeof result> {
  if (!outcome.ok) return { id, status: outcome.error.status, problem: outcome.error };
  const { version, stage } = outcome.value;
  return { id, status: 200, finding: { version, stage } };
}
