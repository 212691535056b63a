import type { SourceHealth } from "../../../domain/finding/scan-book.ts";
import { printable } from "../../../kernel/text.ts";
import { registry } from "../../../sources/registry.ts";
import type { Source } from "../../../sources/source.ts";
import { checkCanary } from "../../../workflows/scan/canary.ts";
import { openRuntime, type Runtime } from "../../runtime.ts";
import { openStore } from "../../store.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { configProblems } from "../render/config-problems.ts";
import { textTable } from "../table.ts";

export interface SourcesArgs extends CommonArgs {
  check: boolean;
  source?: string[];
  json?: boolean;
}

interface Row {
  id: string;
  name: { en: string; zh: string };
  kind: string;
  can: string[];
  proof: string;
  provedLiveAt?: string;
  lastGood?: string;
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
        return { ...about(source), ...stateOf(health) };
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
      return { ...about(entry.source), ...stateOf(health) };
    }),
  );
}

function chosen(args: SourcesArgs): Source[] {
  return registry.filter((source) => args.source === undefined || args.source.includes(source.about.id));
}

function stateOf(health: SourceHealth | undefined): Partial<Row> {
  const { provedLiveAt, lastGood, failingSince, failure } = health ?? {};
  return { provedLiveAt, lastGood, failingSince, failure: failure && `${failure.kind}: ${failure.detail}` };
}

function about(source: Source): Row {
  const can = (["search", "byId", "byDeveloper", "suggest"] as const).filter((method) => source[method] !== undefined);
  return { id: source.about.id, name: source.about.name, kind: source.about.kind, can, proof: source.about.proof };
}

function show(rows: Row[], args: SourcesArgs, { terminal }: Pick<Invocation, "terminal" | "env">): void {
  if (args.json) {
    terminal.answer(JSON.stringify({ schema: "sources/1", sources: rows }, null, 2));
    return;
  }
  const { m } = terminal;
  terminal.answer(
    textTable(
      m.sources.columns,
      rows.map((row) => [
        row.id,
        row.name[terminal.language],
        row.kind,
        row.can.join(" "),
        m.sources.proof[row.proof] ?? row.proof,
        row.provedLiveAt === undefined ? m.sources.unproven : m.sources.proved,
        minute(row.lastGood) ?? m.sources.never,
        row.failure === undefined ? "" : `${minute(row.failingSince)} ${printable(row.failure, 80)}`,
      ]),
    ),
  );
}

function minute(instant: string | undefined): string | undefined {
  return instant?.slice(0, 16).replace("T", " ");
}
