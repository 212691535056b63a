import { createRoute, z } from "@hono/zod-openapi";
import { type FindingFilter, olderThan } from "../../../domain/finding/ledger.ts";
import { relatedTo } from "../../../workflows/triage/related.ts";
import { may, type Person, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { latestWithin, listWithin, MOST_BYTES } from "../bounds.ts";
import type { Api } from "../env.ts";
import { problemOf, refuse } from "../problem.ts";
import { etagOf } from "../request.ts";
import * as shapes from "../schema.ts";
import { findingFor } from "../seen.ts";

const MOST_RELATED = 20;

const query = z.object({
  brand: shapes.brands.optional(),
  source: shapes.configId.optional(),
  stage: shapes.commaList(shapes.STAGES),
  verdict: shapes.commaList(shapes.VERDICTS),
  liveness: shapes.commaList(shapes.LIVENESS),
  minScore: z.coerce.number().min(0).max(1).optional().openapi({ type: "number" }),
  since: shapes.moment.optional().openapi({ description: "Changed then or later" }),
  assignee: z.string().min(1).max(200).optional(),
  awake: z.enum(["true", "false"]).optional().openapi({ description: "true leaves out what is set aside" }),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(2_000).optional(),
});

const list = createRoute({
  method: "get",
  path: "/findings",
  summary: "Findings, highest score first",
  request: { query },
  responses: shapes.answers(
    "A page; the cursor leads to the next and is null on the last",
    z.object({
      schema: z.literal("findings/2"),
      findings: z.array(shapes.row),
      cursor: z.string().nullable(),
    }),
    404,
  ),
});

const one = createRoute({
  method: "get",
  path: "/findings/{id}",
  summary: "One finding with its history",
  request: { params: shapes.named },
  responses: shapes.answers(
    "The finding; its ETag is its version",
    z.object({
      schema: z.literal("finding/1"),
      finding: shapes.finding,
      history: z.array(shapes.commit),
      omitted: z.int().openapi({ description: "Commits at the beginning of a history that is too long to be given" }),
    }),
    404,
  ),
});

const related = createRoute({
  method: "get",
  path: "/findings/{id}/related",
  summary: "Findings that share something with this one, the most tied first",
  request: { params: shapes.named },
  responses: shapes.answers(
    "Cases of their own, tied and never merged",
    z.object({
      schema: z.literal("related/1"),
      related: z.array(z.object({ finding: shapes.row, ties: z.array(shapes.pivotKind) })),
      more: z.int().openapi({ description: "How many more there are" }),
    }),
    404,
  ),
});

export function findingRoutes(app: Api, ports: SitePorts): void {
  app.openapi(list, async (c) => {
    const wish = c.req.valid("query");
    const filter = filterOf(wish, c.get("person"), ports.clock());
    if (filter === undefined) return refuse(c, problemOf("no-brand"));
    const { rows, cursor } = await listWithin(MOST_BYTES, ports.ledger, { ...wish, filter }, shapes.rowOf);
    return c.json({ schema: "findings/2" as const, findings: rows, cursor: cursor ?? null }, 200);
  });

  app.openapi(one, async (c) => {
    const finding = await findingFor(ports, c.get("person"), c.req.valid("param").id);
    if (finding === undefined) return refuse(c, problemOf("no-finding"));
    const history = await ports.ledger.history(finding.id, { bytes: MOST_BYTES });
    const { shown, omitted } = latestWithin(MOST_BYTES, history);
    c.header("etag", etagOf(finding.version));
    return c.json(
      { schema: "finding/1" as const, finding, history: shown, omitted: olderThan(history) + omitted },
      200,
    );
  });

  app.openapi(related, async (c) => {
    const { rights } = c.get("person");
    const finding = await findingFor(ports, c.get("person"), c.req.valid("param").id);
    if (finding === undefined) return refuse(c, problemOf("no-finding"));
    const found = await relatedTo(ports.ledger, finding, MOST_RELATED, readable(rights));
    const rows = found.related.map(({ finding: other, ties }) => ({ finding: shapes.rowOf(other), ties }));
    return c.json({ schema: "related/1" as const, related: rows, more: found.more }, 200);
  });
}

/** Undefined where a brand is asked for that this person may not read. */
function filterOf(wish: z.infer<typeof query>, { rights }: Person, now: string): FindingFilter | undefined {
  if (wish.brand?.some((brand) => !may(rights, brand, "read"))) return undefined;
  return {
    brands: wish.brand ?? readable(rights),
    source: wish.source,
    stages: wish.stage,
    verdicts: wish.verdict,
    liveness: wish.liveness,
    minScore: wish.minScore,
    changedSince: wish.since,
    assignee: wish.assignee,
    awakeAt: wish.awake === "true" ? now : undefined,
  };
}
