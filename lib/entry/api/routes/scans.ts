import { createRoute, z } from "@hono/zod-openapi";
import { coverageFor } from "../../../domain/finding/coverage.ts";
import { isScanName, type ScanBook, type ScanRecord } from "../../../domain/finding/scan-book.ts";
import { may, type Rights } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import type { Api } from "../env.ts";
import { problemOf, refuse } from "../problem.ts";
import * as shapes from "../schema.ts";

const MOST_SCANS = 100;

const scan = z
  .object({
    scan: z.string(),
    startedAt: shapes.instant,
    finishedAt: shapes.instant.nullable(),
    brands: z.array(z.string()).openapi({ description: "Of those that you may read" }),
    sources: z.array(z.string()),
  })
  .openapi("Scan");

const coverage = z
  .object({
    source: z.string(),
    outcome: z.enum(["complete", "partial", "failed", "unsupported"]),
    planned: z.int(),
    done: z.int(),
    listings: z.int(),
    dropped: z.int(),
    truncated: z.int(),
    canary: z.enum(["found", "lost", "none"]),
    failures: z.array(z.object({ kind: z.string(), detail: z.string(), count: z.int() })),
    overBudget: z.int(),
    blind: z.array(z.string()).openapi({ description: "Your brands that were compared without all of their icons" }),
    unwritten: z
      .array(z.object({ finding: z.string(), brand: z.string(), why: z.enum(["too-large", "contended"]) }))
      .optional()
      .openapi({ description: "Your cases that could not be written: full, or written on by others all the time" }),
    failingSince: shapes.instant.optional(),
  })
  .openapi("Coverage", { description: "What was searched of one source, and what was not" });

const source = z
  .object({
    id: z.string(),
    name: z.object({ en: z.string(), zh: z.string() }),
    kind: z.string(),
    homepage: z.string(),
    proof: z.string(),
    regions: z.array(z.string()),
    can: z.array(z.string()),
    health: z
      .object({
        source: z.string(),
        lastGood: shapes.instant.optional(),
        failingSince: shapes.instant.optional(),
        failure: z.object({ kind: z.string(), detail: z.string() }).optional(),
        provedLiveAt: shapes.instant.optional(),
      })
      .nullable(),
  })
  .openapi("Source");

const sources = createRoute({
  method: "get",
  path: "/sources",
  summary: "Where is searched, and how each place stands",
  responses: shapes.answers("Every source", z.object({ schema: z.literal("sources/1"), sources: z.array(source) })),
});

const scans = createRoute({
  method: "get",
  path: "/scans",
  summary: "The latest scans",
  responses: shapes.answers("Latest first", z.object({ schema: z.literal("scans/1"), scans: z.array(scan) })),
});

const covered = createRoute({
  method: "get",
  path: "/coverage",
  summary: "What a scan searched, and what it did not",
  request: { query: z.object({ scan: z.string().optional().openapi({ description: "The latest where absent" }) }) },
  responses: shapes.answers(
    "One entry for each source",
    z.object({ schema: z.literal("coverage/1"), scan, coverage: z.array(coverage) }),
    404,
  ),
});

const health = createRoute({
  method: "get",
  path: "/health",
  summary: "Whether it runs",
  responses: shapes.answers(
    "The latest scan, and since when a notice waits to go out",
    z.object({
      schema: z.literal("health/1"),
      latest: scan.omit({ brands: true, sources: true }).nullable(),
      oldestNotice: shapes.instant.nullable(),
    }),
  ),
});

export function scanRoutes(app: Api, { ledger, book, sources: all }: SitePorts): void {
  app.openapi(sources, async (c) => {
    const told = all.map(async ({ about: { id, name, kind, homepage, proof, regions }, can }) => {
      return { id, name, kind, homepage, proof, regions, can: [...can], health: (await book.health(id)) ?? null };
    });
    return c.json({ schema: "sources/1" as const, sources: await Promise.all(told) }, 200);
  });

  app.openapi(scans, async (c) => {
    const { rights } = c.get("person");
    const told = (await book.scans(MOST_SCANS)).map((record) => scanOf(record, rights));
    return c.json({ schema: "scans/1" as const, scans: told }, 200);
  });

  app.openapi(covered, async (c) => {
    const { rights } = c.get("person");
    const record = await recordOf(book, c.req.valid("query").scan);
    if (record === undefined) return refuse(c, problemOf("no-scan"));
    const parts = (await book.parts(record.scan)).map((part) =>
      coverageFor(part, (brand) => may(rights, brand, "read")),
    );
    return c.json({ schema: "coverage/1" as const, scan: scanOf(record, rights), coverage: parts }, 200);
  });

  app.openapi(health, async (c) => {
    const [[latest], [waiting]] = await Promise.all([book.scans(1), ledger.pendingNotices(1)]);
    const run = latest && { scan: latest.scan, startedAt: latest.startedAt, finishedAt: latest.finishedAt ?? null };
    return c.json({ schema: "health/1" as const, latest: run ?? null, oldestNotice: waiting?.at ?? null }, 200);
  });
}

async function recordOf(book: ScanBook, name: string | undefined): Promise<ScanRecord | undefined> {
  if (name === undefined) return (await book.scans(1))[0];
  return isScanName(name) ? book.scan(name) : undefined;
}

function scanOf({ scan: name, startedAt, finishedAt, brands, sources: asked }: ScanRecord, rights: Rights) {
  const readable = brands.filter((brand) => may(rights, brand, "read"));
  return { scan: name, startedAt, finishedAt: finishedAt ?? null, brands: readable, sources: asked };
}
