import { registry } from "../../../sources/registry.ts";
import type { Source } from "../../../sources/source.ts";
import { checkCanary } from "../../../workflows/scan/canary.ts";
import { openRuntime, type Runtime } from "../../runtime.ts";
import { openStore } from "../../store.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { configProblems } from "../render/config-problems.ts";
import { table } from "../table.ts";

export interface SourcesArgs extends CommonArgs {
  check: boolean;
  source?: string[];
  json?: boolean;
}

interface Row {
  id: string;
  name: string;
  can: string[];
  proof: string;
  provedLiveAt?: string;
  failingSince?: string;
  failure?: string;
}

/** What every source can do and how it fares; with --check every canary is asked for first. */
export async function sources(args: SourcesArgs, invocation: Invocation): Promise<number> {
  return args.check ? checkAll(args, invocation) : listAll(args, invocation);
}

async function listAll(args: SourcesArgs, { terminal, env }: Invocation): Promise<number> {
  const store = await openStore(args.data, env);
  try {
    const rows = await Promise.all(
      chosen(args).map(async (source): Promise<Row> => {
        const health = await store.book.health(source.about.id);
        const failure = health?.failingSince === undefined ? undefined : health.failure?.kind;
        return { ...about(source), provedLiveAt: health?.provedLiveAt, failingSince: health?.failingSince, failure };
      }),
    );
    show(rows, args, { terminal, env });
    return EXIT.complete;
  } finally {
    await store.close();
  }
}

async function checkAll(args: SourcesArgs, invocation: Invocation): Promise<number> {
  const { terminal, env, signal } = invocation;
  const opened = await openRuntime({ ...args, onlySources: args.source }, env);
  if (!opened.ok) {
    terminal.error(configProblems(opened.error, terminal));
    return EXIT.usage;
  }
  try {
    const rows = await checkedRows(opened.value, signal);
    show(rows, args, invocation);
    return rows.some((row) => row.failure !== undefined) ? EXIT.gaps : EXIT.complete;
  } finally {
    await opened.value.close();
  }
}

async function checkedRows(runtime: Runtime, signal: AbortSignal): Promise<Row[]> {
  const { ports } = await runtime.scanPorts(signal);
  return Promise.all(
    ports.sources.map(async (entry): Promise<Row> => {
      const health = await checkCanary(ports, entry);
      const failure = health.failure === undefined ? undefined : `${health.failure.kind}: ${health.failure.detail}`;
      return { ...about(entry.source), provedLiveAt: health.provedLiveAt, failingSince: health.failingSince, failure };
    }),
  );
}

function chosen(args: SourcesArgs): Source[] {
  return registry.filter((source) => args.source === undefined || args.source.includes(source.about.id));
}

function about(source: Source): Row {
  const can = (["search", "byId", "byDeveloper", "suggest"] as const).filter((method) => source[method] !== undefined);
  return { id: source.about.id, name: source.about.name.en, can, proof: source.about.proof };
}

function show(rows: Row[], args: SourcesArgs, { terminal }: Pick<Invocation, "terminal" | "env">): void {
  if (args.json) {
    terminal.answer(JSON.stringify({ schema: "sources/1", sources: rows }, null, 2));
    return;
  }
  const { m } = terminal;
  const state = (row: Row) =>
    row.failure === undefined ? (row.provedLiveAt === undefined ? m.scan.unproven : m.doctor.ok) : `${row.failure}`;
  terminal.answer(
    table(
      rows.map((row) => [row.id, row.can.join(" "), row.proof, state(row), row.failingSince?.slice(0, 16) ?? ""]),
      m.sources.columns,
      terminal,
    ),
  );
}
