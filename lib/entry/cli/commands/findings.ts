import { TELLING, type Verdict } from "../../../domain/assess/assessment.ts";
import type { Finding, Liveness, Stage } from "../../../domain/finding/finding.ts";
import type { FindingFilter } from "../../../domain/finding/ledger.ts";
import { openStore } from "../../store.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { FINDING_KEYS, findingRow } from "../render/finding.ts";
import { csvTable, textTable } from "../table.ts";

export interface FindingsArgs extends CommonArgs {
  brand?: string;
  source?: string;
  stage?: Stage[];
  verdict?: string[];
  liveness?: Liveness[];
  minScore?: number;
  since?: string;
  all: boolean;
  limit: number;
  json?: boolean;
  ndjson?: boolean;
  csv?: boolean;
}

/** What somebody may have to act on; the rest is shown with --all. */
const OPEN_STAGES: Stage[] = ["new", "triaging", "confirmed", "takedown"];

export async function findings(args: FindingsArgs, { terminal, env }: Invocation): Promise<number> {
  const { m } = terminal;
  if (args.since !== undefined && Number.isNaN(Date.parse(args.since))) {
    terminal.error(m.findings.badSince);
    return EXIT.usage;
  }
  const store = await openStore(args.data, env);
  try {
    const found = await collect(store.ledger.list, filterOf(args), args.limit);
    if (args.json)
      terminal.answer(JSON.stringify({ schema: "findings/1", findings: found.rows, more: found.more }, null, 2));
    else if (args.ndjson) for (const finding of found.rows) terminal.answer(JSON.stringify(finding));
    else if (args.csv)
      terminal.answer(
        csvTable(
          FINDING_KEYS,
          found.rows.map((finding) => findingRow(finding, m)),
        ),
      );
    else if (found.rows.length === 0) terminal.note(m.findings.none);
    else
      terminal.answer(
        textTable(
          m.findings.columns,
          found.rows.map((finding) => findingRow(finding, m)),
        ),
      );
    if (found.more) terminal.note(m.findings.more(args.limit));
    return EXIT.complete;
  } finally {
    await store.close();
  }
}

function filterOf(args: FindingsArgs): FindingFilter {
  return {
    brands: args.brand === undefined ? undefined : [args.brand],
    source: args.source,
    stages: args.stage ?? (args.all ? undefined : OPEN_STAGES),
    verdicts: (args.verdict as Verdict[] | undefined) ?? (args.all ? undefined : [...TELLING]),
    liveness: args.liveness,
    minScore: args.minScore,
    changedSince: args.since === undefined ? undefined : new Date(args.since).toISOString(),
  };
}

async function collect(
  list: (filter: FindingFilter, limit: number, cursor?: string) => Promise<{ findings: Finding[]; cursor?: string }>,
  filter: FindingFilter,
  limit: number,
): Promise<{ rows: Finding[]; more: boolean }> {
  const rows: Finding[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(filter, Math.min(500, limit - rows.length), cursor);
    rows.push(...page.findings);
    cursor = page.cursor;
  } while (cursor !== undefined && rows.length < limit);
  return { rows, more: cursor !== undefined };
}
