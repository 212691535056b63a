import { type Coverage, coverageFor } from "../../domain/finding/coverage.ts";
import type { ScanBook, ScanRecord } from "../../domain/finding/scan-book.ts";
import type { TaskRecord } from "../../domain/finding/task.ts";
import { gapText } from "../text/gap.ts";
import type { Messages } from "../text/messages.en.ts";

/** What was asked of one store for one brand. `none`: nothing was, which is never "nothing found". */
export interface GridCell {
  state: "complete" | "partial" | "failed" | "none";
  done: number;
  planned: number;
  /** Compared without all of the brand's own icons. */
  blind: boolean;
}

export interface CoverageGrid {
  rows: {
    source: string;
    name: { en: string; zh: string };
    cells: GridCell[];
    whole: GridCell;
    note?: string;
    truncated: number;
  }[];
}

type Named = { about: { id: string; name: { en: string; zh: string } } };

/** Stores down, brands across: from the questions of a scan, which is what was really asked. */
export async function coverageGrid(
  book: ScanBook,
  scan: ScanRecord,
  brands: readonly string[],
  sources: readonly Named[],
  m: Messages,
): Promise<CoverageGrid> {
  const told = (await book.parts(scan.scan)).map((part) => coverageFor(part, (brand) => brands.includes(brand)));
  const parts = new Map(told.map((part) => [part.source, part]));
  const rows = sources.map(async ({ about: { id, name } }) => {
    const asked = scan.sources.includes(id);
    const tasks = asked ? await book.tasks(scan.scan, id) : [];
    const part = parts.get(id);
    const cells = brands.map((brand) => cellOf(tasks, brand, part));
    const note = part === undefined || part.outcome === "complete" ? undefined : gapText(part, m);
    return { source: id, name, cells, whole: wholeOf(part), note, truncated: part?.truncated ?? 0 };
  });
  return { rows: await Promise.all(rows) };
}

function cellOf(tasks: readonly TaskRecord[], brand: string, part: Coverage | undefined): GridCell {
  const own = tasks.filter((task) => task.kind !== "canary" && task.brands.includes(brand));
  const done = own.filter((task) => task.state === "done").length;
  const blind = part?.blind.includes(brand) ?? false;
  const unwritten = part?.unwritten?.some((one) => one.brand === brand) ?? false;
  // A store whose canary is lost may show nothing whatever it is asked: its answers count as half.
  const doubted = blind || unwritten || part?.canary === "lost";
  return { state: stateOf(own.length, done, doubted), done, planned: own.length, blind };
}

function wholeOf(part: Coverage | undefined): GridCell {
  const state = part === undefined || part.outcome === "unsupported" ? "none" : part.outcome;
  return { state, done: part?.done ?? 0, planned: part?.planned ?? 0, blind: false };
}

function stateOf(planned: number, done: number, doubted: boolean): GridCell["state"] {
  if (planned === 0) return "none";
  if (done === 0) return "failed";
  return done === planned && !doubted ? "complete" : "partial";
}
