import type { Context } from "hono";
import { isScanName } from "../../../domain/finding/scan-book.ts";
import { instantOf, msOf } from "../../../kernel/time.ts";
import { measure } from "../../../workflows/measure/measure.ts";
import { searchTerms } from "../../../workflows/scan/terms.ts";
import { may, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { coverageGrid } from "../coverage-grid.ts";
import { BrandPage, BrandsPage } from "../pages/brands.tsx";
import { CoveragePage } from "../pages/coverage.tsx";
import { KeysPage } from "../pages/keys.tsx";
import { MetricsPage } from "../pages/metrics.tsx";
import { type SourceRow, SourcesPage } from "../pages/sources.tsx";
import { TroublePage } from "../pages/trouble.tsx";
import { readableBrands } from "../readable.ts";
import type { Routes, Seat } from "../seat.ts";

const MOST_SCANS = 60;
/** Shown of an answer that could not be read. */
const SAMPLE_BYTES = 4_096;

/** What was searched, of whom, and how long things take. */
export const aboutRoutes: Routes = (app, ports) => {
  app.get("/coverage", (c) => coveragePage(c, ports));

  app.get("/sources", async (c) => {
    const [latest] = await ports.book.scans(1);
    const parts = latest === undefined ? [] : await ports.book.parts(latest.scan);
    const rows = ports.sources.map(async ({ about, can }): Promise<SourceRow> => {
      const health = await ports.book.health(about.id);
      const part = parts.find(({ source }) => source === about.id);
      // A question may have been another bank's secret, and an answer may quote it.
      const all = readable(c.get("view").person.rights) === undefined;
      const hash = !all
        ? undefined
        : (health?.failure?.sample ?? part?.failures.find(({ sample }) => sample !== undefined)?.sample);
      return { about, can, health, part, sample: await sampleOf(ports, hash) };
    });
    return c.html(<SourcesPage view={c.get("view")} rows={await Promise.all(rows)} />);
  });

  app.get("/brands", async (c) => {
    const view = c.get("view");
    return c.html(<BrandsPage view={view} brands={await readableBrands(ports, view.person)} />);
  });

  app.get("/brands/:id", async (c) => {
    const view = c.get("view");
    const brand = (await readableBrands(ports, view.person)).find(({ id }) => id === c.req.param("id"));
    if (brand !== undefined) return c.html(<BrandPage view={view} brand={brand} terms={searchTerms(brand)} />);
    return c.html(<TroublePage view={view} title={view.t.trouble.noBrand} hint={view.t.trouble.noBrandHint} />, 404);
  });

  app.get("/metrics", async (c) => {
    const view = c.get("view");
    const days = DAYS.find((one) => String(one) === c.req.query("days")) ?? 90;
    const brand = c.req.query("brand");
    const chosen = brand !== undefined && may(view.person.rights, brand, "read") ? brand : undefined;
    const brands = chosen === undefined ? readable(view.person.rights) : [chosen];
    const measures = await measure(ports, brands, instantOf(msOf(view.now) - days * 86_400_000));
    const all = await readableBrands(ports, view.person);
    const names = Object.fromEntries(ports.sources.map(({ about }) => [about.id, about.name[view.language]]));
    return c.html(
      <MetricsPage
        view={view}
        measures={measures}
        choices={DAYS}
        days={days}
        brand={chosen}
        brands={all}
        sourceNames={names}
      />,
    );
  });

  app.get("/keys", (c) => c.html(<KeysPage view={c.get("view")} />));
};

/** Times that can be looked back on. */
const DAYS = [7, 30, 90, 365];

async function coveragePage(c: Context<Seat>, ports: SitePorts): Promise<Response> {
  const view = c.get("view");
  const scans = await ports.book.scans(MOST_SCANS);
  const wished = c.req.query("scan");
  const named = wished !== undefined && isScanName(wished) ? await ports.book.scan(wished) : undefined;
  const scan = named ?? scans[0];
  const brands = await readableBrands(ports, view.person);
  const ids = brands.map(({ id }) => id);
  const grid = scan === undefined ? { rows: [] } : await coverageGrid(ports.book, scan, ids, ports.sources, view.m);
  return c.html(<CoveragePage view={view} scan={scan} scans={scans} brands={brands} grid={grid} />);
}

async function sampleOf({ locker }: SitePorts, hash: string | undefined): Promise<string | undefined> {
  const bytes = hash === undefined ? undefined : await locker.get(hash);
  return bytes === undefined ? undefined : Buffer.from(bytes.subarray(0, SAMPLE_BYTES)).toString("utf8");
}
