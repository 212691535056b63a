import type { BrandProfile } from "../../domain/brand/profile.ts";
import { coverageOf } from "../../domain/finding/coverage.ts";
import { isScanName, type ScanBook } from "../../domain/finding/scan-book.ts";
import { printable } from "../../kernel/text.ts";
import type { Clock } from "../../kernel/time.ts";
import type { Askable } from "./askable.ts";
import { planSource } from "./plan.ts";

export interface OpenPorts {
  brands: readonly BrandProfile[];
  regions: readonly string[];
  budgets: { queriesPerSource: number };
  book: ScanBook;
  clock: Clock;
}

/**
 * Writes the questions of a scan to all its sources, before any is asked: what is never asked is then known to be missing.
 * Opening the same scan again adds what is new and puts back what failed.
 */
export async function openScan(ports: OpenPorts, sources: readonly Askable[], scan: string): Promise<void> {
  if (!isScanName(scan)) throw new Error(`"${printable(scan, 60)}" is no name of a scan, such as 2026-11-24`);
  const before = await ports.book.scan(scan);
  await ports.book.putScan({
    scan,
    startedAt: before?.startedAt ?? ports.clock(),
    brands: ports.brands.map((brand) => brand.id),
    sources: [...new Set([...(before?.sources ?? []), ...sources.map((source) => source.id)])],
    told: before?.told,
  });
  await Promise.all(sources.map((source) => openSource(ports, source, scan)));
}

async function openSource({ book, brands, regions, budgets }: OpenPorts, source: Askable, scan: string): Promise<void> {
  const plan = planSource(source, brands, regions, budgets.queriesPerSource);
  await book.plan(scan, plan.tasks);
  await book.retryFailed(scan, source.id);
  const before = await book.part(scan, source.id);
  const tasks = await book.tasks(scan, source.id);
  await book.putPart(scan, coverageOf(source.id, tasks, plan.dropped, before?.blind, undefined, before?.unwritten));
}
