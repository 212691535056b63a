import { createRoute, z } from "@hono/zod-openapi";
import type { AboutEvidence, Sha256 } from "../../../domain/evidence/evidence.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import { type Rights, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { MOST_BYTES } from "../bounds.ts";
import type { Api } from "../env.ts";
import { problemOf, refuse } from "../problem.ts";
import * as shapes from "../schema.ts";
import { findingFor } from "../seen.ts";

/** Descriptions are read one by one. */
const MOST = 200;

const about = z
  .object({
    sha256: shapes.sha256,
    kind: z.enum(["icon", "listing", "response", "reference-icon"]),
    mediaType: z.string(),
    origin: z.string().optional(),
    at: shapes.instant,
    bytes: z.int(),
  })
  .openapi("Evidence", { description: "What is known of kept bytes besides the bytes" });

const list = createRoute({
  method: "get",
  path: "/findings/{id}/evidence",
  summary: "What is kept of a finding",
  request: { params: shapes.named },
  responses: shapes.answers(
    "Descriptions; the bytes go by their hash",
    z.object({
      schema: z.literal("evidence/1"),
      evidence: z.array(about),
      omitted: z.int().openapi({ description: "Older pieces that are not described here" }),
    }),
    404,
  ),
});

const bytes = createRoute({
  method: "get",
  path: "/findings/{id}/evidence/{sha256}",
  summary: "Kept bytes, just as they came: to be handled as what an attacker made",
  request: { params: shapes.named.extend({ sha256: z.string() }) },
  responses: {
    ...shapes.problems(404, 422),
    200: {
      description: "The bytes",
      content: { "application/octet-stream": { schema: z.string().openapi({ format: "binary" }) } },
    },
  },
});

/** Never shown in place, whatever they are; they cannot change, so the asker's own cache may keep them for good. */
const HARMLESS = {
  "content-type": "application/octet-stream",
  "cache-control": "private, max-age=31536000, immutable",
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "same-origin",
};

export function evidenceRoutes(app: Api, { locker, ...ports }: SitePorts): void {
  app.openapi(list, async (c) => {
    const finding = await findingFor({ locker, ...ports }, c.get("person"), c.req.valid("param").id);
    if (finding === undefined) return refuse(c, problemOf("no-finding"));
    const hashes = hashesOf(finding);
    const known = await Promise.all(hashes.slice(-MOST).map((hash) => locker.about(hash)));
    const { rights } = c.get("person");
    const evidence = known
      .filter((one) => one !== undefined)
      .map((one) => ({ ...one, origin: originFor(rights, one) }));
    return c.json({ schema: "evidence/1" as const, evidence, omitted: Math.max(0, hashes.length - MOST) }, 200);
  });

  app.openapi(bytes, async (c) => {
    const { id, sha256 } = c.req.valid("param");
    const finding = await findingFor({ locker, ...ports }, c.get("person"), id);
    if (finding === undefined) return refuse(c, problemOf("no-finding"));
    if (!hashesOf(finding).includes(sha256)) return refuse(c, problemOf("no-evidence"));
    const known = await locker.about(sha256);
    if (known === undefined) return refuse(c, problemOf("no-evidence"));
    if (known.bytes > MOST_BYTES) return refuse(c, problemOf("evidence-too-large"));
    const kept = await locker.get(sha256);
    if (kept === undefined) return refuse(c, problemOf("no-evidence"));
    const headers = { ...HARMLESS, "content-disposition": `attachment; filename="${sha256}"` };
    return c.body(Uint8Array.from(kept), 200, headers);
  });
}

/**
 * One search of a store is asked for several banks, and what it answered is kept with the findings of all: its address names the term
 * that one of them chose. Whoever may not read every brand gets it without its question.
 */
function originFor(rights: Rights, { kind, origin }: AboutEvidence): string | undefined {
  if (kind !== "response" || origin === undefined || readable(rights) === undefined) return origin;
  if (!URL.canParse(origin)) return undefined;
  const { protocol, host, pathname } = new URL(origin);
  return `${protocol}//${host}${pathname}`;
}

/** What was seen of it, and what its assessment leans on; the latest last. */
function hashesOf({ evidence, icon, assessment }: Finding): Sha256[] {
  const leant = assessment.signals.flatMap((signal) => signal.evidence);
  return [...new Set([...leant, ...evidence, ...(icon === undefined ? [] : [icon])])];
}
