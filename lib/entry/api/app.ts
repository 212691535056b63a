import { type Context, Hono } from "hono";
import { isFindingId } from "../../domain/finding/finding.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import { isScanName, type ScanBook, type ScanRecord } from "../../domain/finding/scan-book.ts";
import type { SourceManifest } from "../../sources/source.ts";
import { latestWithin, listWithin } from "./bounds.ts";
import { wishOf } from "./filter.ts";
import { problem } from "./problem.ts";
import { mayRead, type Rights } from "./rights.ts";

export interface ApiPorts {
  ledger: Ledger;
  book: ScanBook;
  sources: readonly { about: SourceManifest; can: readonly string[] }[];
  /** What the asker's proven identity allows; the host knows how it was proved. */
  rightsOf(c: Context): Rights;
}

/** Lambda hands on six megabytes, and a store's texts are as long as their writers like. */
const MOST_BYTES = 4_000_000;

/** Findings, coverage, sources and health, to read. Every answer is one versioned document; errors are problem details. */
export function createApi(ports: ApiPorts): Hono {
  const { ledger, book } = ports;
  const app = new Hono();

  app.use(async (c, next) => {
    const rights = ports.rightsOf(c);
    if (!rights.all && rights.brands.length === 0) {
      return problem(
        c,
        403,
        "no-rights",
        "No brand may be read",
        "Ask for a group named knockoff:<brand> or knockoff:*.",
      );
    }
    await next();
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
    return undefined;
  });

  app.get("/findings", async (c) => {
    const wish = wishOf(c.req.query(), ports.rightsOf(c));
    if (!wish.ok) return problem(c, wish.status, wish.code, "This list cannot be given", wish.hint);
    const page = await listWithin(MOST_BYTES, ledger, wish);
    return c.json({ schema: "findings/1", findings: page.findings, cursor: page.cursor ?? null });
  });

  app.get("/findings/:id", async (c) => {
    const id = c.req.param("id");
    const finding = isFindingId(id) ? await ledger.read(id) : undefined;
    // A case of another bank is not even confirmed to exist.
    if (finding === undefined || !mayRead(ports.rightsOf(c), finding.brand)) {
      return problem(c, 404, "no-finding", "There is no such finding", "GET /findings lists them.");
    }
    const { shown, omitted } = latestWithin(MOST_BYTES, await ledger.history(finding.id));
    return c.json({ schema: "finding/1", finding, history: shown, omitted });
  });

  app.get("/scans", async (c) => {
    const scans = (await book.scans(100)).map((record) => readable(record, ports.rightsOf(c)));
    return c.json({ schema: "scans/1", scans });
  });

  app.get("/coverage", async (c) => {
    const name = c.req.query("scan");
    const record = name === undefined ? (await book.scans(1))[0] : isScanName(name) ? await book.scan(name) : undefined;
    if (record === undefined) return problem(c, 404, "no-scan", "There is no such scan", "GET /scans lists them.");
    const coverage = await book.parts(record.scan);
    return c.json({ schema: "coverage/1", scan: readable(record, ports.rightsOf(c)), coverage });
  });

  app.get("/sources", async (c) => {
    const sources = ports.sources.map(async ({ about: { id, name, kind, homepage, proof, regions }, can }) => {
      return { id, name, kind, homepage, proof, regions, can, health: (await book.health(id)) ?? null };
    });
    return c.json({ schema: "sources/1", sources: await Promise.all(sources) });
  });

  app.get("/health", async (c) => {
    const [latest] = await book.scans(1);
    const [waiting] = await ledger.pendingNotices(1);
    const scan = latest && { scan: latest.scan, startedAt: latest.startedAt, finishedAt: latest.finishedAt ?? null };
    return c.json({ schema: "health/1", latest: scan ?? null, oldestNotice: waiting?.at ?? null });
  });

  app.notFound((c) =>
    problem(c, 404, "no-route", "There is nothing here", "Try /findings, /scans, /coverage, /sources or /health."),
  );
  app.onError((error, c) => {
    if (error.name !== "BadCursor") throw error;
    return problem(c, 400, "bad-cursor", "This cursor does not belong to this list", "Begin again without a cursor.");
  });
  return app;
}

function readable(record: ScanRecord, rights: Rights): ScanRecord {
  return { ...record, brands: record.brands.filter((brand) => mayRead(rights, brand)) };
}
