import { createRoute, z } from "@hono/zod-openapi";
import type { Campaign } from "../../../domain/finding/campaign.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import { campaignAround, campaignsAmong } from "../../../workflows/triage/campaign.ts";
import { may, type Person, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { firstWithin, MOST_BYTES } from "../bounds.ts";
import type { Api } from "../env.ts";
import { problemOf, refuse } from "../problem.ts";
import * as shapes from "../schema.ts";
import { findingFor } from "../seen.ts";

const tie = z.object({ kind: shapes.pivotKind, value: z.string() });

const campaign = z
  .object({
    id: z.string().openapi({ description: "The member that was seen first; any member's id leads here" }),
    ties: z.array(tie.extend({ findings: z.array(z.string()) })),
    findings: z.array(shapes.row),
    omitted: z.int().openapi({ description: "Members that are too many to be given" }),
    cut: z.boolean().openapi({ description: "There is more than was followed" }),
  })
  .openapi("Campaign", { description: "Findings that hang together by what they share; derived, never merged" });

const outline = z
  .object({
    id: z.string(),
    name: z.string().openapi({ description: "What its first listing calls itself" }),
    brands: z.array(z.string()),
    size: z.int(),
    live: z.int(),
    topScore: z.number(),
    firstSeen: shapes.instant,
    changedAt: shapes.instant,
    ties: z.array(tie.extend({ size: z.int() })),
  })
  .openapi("CampaignOutline");

const list = createRoute({
  method: "get",
  path: "/campaigns",
  summary: "Campaigns among the findings most worth looking at, the largest first",
  request: { query: z.object({ brand: shapes.brands.optional() }) },
  responses: shapes.answers(
    "Outlines",
    z.object({
      schema: z.literal("campaigns/1"),
      campaigns: z.array(outline),
      cut: z.boolean().openapi({ description: "There are more findings than were compared" }),
    }),
    404,
  ),
});

const one = createRoute({
  method: "get",
  path: "/campaigns/{id}",
  summary: "One campaign, by the id of any of its members",
  request: { params: shapes.named },
  responses: shapes.answers(
    "Those members that you may read",
    z.object({ schema: z.literal("campaign/1"), campaign }),
    404,
  ),
});

const around = createRoute({
  method: "get",
  path: "/findings/{id}/campaign",
  summary: "The campaign a finding belongs to",
  request: { params: shapes.named },
  responses: shapes.answers(
    "Null where it shares nothing with another finding that you may read",
    z.object({ schema: z.literal("campaign/1"), campaign: campaign.nullable() }),
    404,
  ),
});

export function campaignRoutes(app: Api, ports: SitePorts): void {
  app.openapi(list, async (c) => {
    const { rights } = c.get("person");
    const { brand } = c.req.valid("query");
    if (brand?.some((id) => !may(rights, id, "read"))) return refuse(c, problemOf("no-brand"));
    const { campaigns, cut } = await campaignsAmong(ports.ledger, brand ?? readable(rights));
    const { shown, omitted } = firstWithin(MOST_BYTES, campaigns.map(outlineOf));
    return c.json({ schema: "campaigns/1" as const, campaigns: shown, cut: cut || omitted > 0 }, 200);
  });

  app.openapi(one, async (c) => {
    const finding = await findingFor(ports, c.get("person"), c.req.valid("param").id);
    const whole = finding && (await wholeOf(ports, c.get("person"), finding));
    if (!whole) return refuse(c, problemOf("no-campaign"));
    return c.json({ schema: "campaign/1" as const, campaign: whole }, 200);
  });

  app.openapi(around, async (c) => {
    const finding = await findingFor(ports, c.get("person"), c.req.valid("param").id);
    if (finding === undefined) return refuse(c, problemOf("no-finding"));
    const whole = await wholeOf(ports, c.get("person"), finding);
    return c.json({ schema: "campaign/1" as const, campaign: whole ?? null }, 200);
  });
}

async function wholeOf(
  { ledger }: SitePorts,
  { rights }: Person,
  finding: Finding,
): Promise<z.infer<typeof campaign> | undefined> {
  const found = await campaignAround(ledger, finding, readable(rights));
  if (found.campaign === undefined) return undefined;
  const { id, ties, findings } = found.campaign;
  const { shown, omitted } = firstWithin(MOST_BYTES, findings.map(shapes.rowOf));
  return { id, ties, findings: shown, omitted, cut: found.cut };
}

function outlineOf({ id, findings, ties }: Campaign): z.infer<typeof outline> {
  const first = findings[0] as Finding;
  return {
    id,
    name: first.listing.name,
    brands: [...new Set(findings.map(({ brand }) => brand))],
    size: findings.length,
    live: findings.filter(({ liveness }) => liveness === "live" || liveness === "relisted").length,
    topScore: Math.max(...findings.map(({ assessment }) => assessment.score)),
    firstSeen: first.firstSeen,
    changedAt: findings
      .map(({ changedAt }) => changedAt)
      .sort()
      .at(-1) as string,
    ties: ties.map(({ kind, value, findings: tied }) => ({ kind, value, size: tied.length })),
  };
}
