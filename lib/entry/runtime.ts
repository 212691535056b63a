import { err, ok, type Result } from "../kernel/result.ts";
import type { Config } from "../platform/config/load.ts";
import type { ConfigProblem } from "../platform/config/problem.ts";
import { createDoor, honestUserAgent } from "../platform/http/door.ts";
import { openRecorded } from "../platform/http/recorded.ts";
import { recordTo } from "../platform/http/recorder.ts";
import { registry } from "../sources/registry.ts";
import type { Http, Source } from "../sources/source.ts";
import type { IconReader, ScanPorts } from "../workflows/scan/ports.ts";
import { VERSION } from "./cli/version.ts";
import { createIconReader } from "./icon-reader.ts";
import { ICON_DOOR, scanPorts } from "./scan-ports.ts";
import { readSettings } from "./settings.ts";
import { openStore, type Store } from "./store.ts";

export interface RuntimeArgs {
  config?: string;
  data?: string;
  onlyBrands?: string[];
  onlySources?: string[];
  /** Folder of recorded bodies to answer from, and the manifest that maps questions to them. */
  recorded?: string;
  manifest?: string;
  /** Folder to keep every exchange in. */
  record?: string;
}

/** Everything one machine needs to scan, put together once. */
export interface Runtime {
  config: Config;
  file: string;
  store: Store;
  scanPorts(signal: AbortSignal): Promise<{ ports: ScanPorts }>;
  /** Sources whose canary was never found at their live address. */
  unproven(): Promise<Set<string>>;
  /** With --recorded: questions that no body answered, and bodies that no question asked for. */
  replayed(): { misses: { source: string; url: string }[]; unused: string[] } | undefined;
  close(): Promise<void>;
}

export async function openRuntime(
  args: RuntimeArgs,
  env: NodeJS.ProcessEnv,
): Promise<Result<Runtime, ConfigProblem[]>> {
  const settings = await readSettings(args, env);
  if (!settings.ok) return settings;
  const { file, config } = settings.value;
  const brands = choose(config.brands, args.onlyBrands, (brand) => brand.id);
  const sources = choose(enabledSources(config), args.onlySources, (source) => source.about.id);
  const recorded =
    args.recorded === undefined ? undefined : openRecorded(args.manifest ?? "manifest.json", args.recorded, Date.now);
  const problems = [
    ...brands.unknown.map((id) =>
      problem(file, "unknown-brand", { id, known: config.brands.map((b) => b.id).join(", ") }),
    ),
    ...sources.unknown.map((id) =>
      problem(file, "unknown-source", { id, known: registry.map((s) => s.about.id).join(", ") }),
    ),
    ...(recorded?.ok === false
      ? recorded.error.map((detail) => problem(args.manifest ?? file, "recorded", { detail }))
      : []),
  ];
  if (problems.length > 0) return err(problems);
  const store = await openStore(args.data, env);
  const door = createDoor({ userAgent: honestUserAgent(VERSION, config.contact), allow: config.network.allow });
  const replay = recorded?.ok ? recorded.value : undefined;

  function httpFor(source: Source, signal: AbortSignal): Http {
    if (replay !== undefined) return replay.forSource(source.about.id);
    const set = config.sources[source.about.id];
    const http = door.forSource(source.about, { signal, proxy: set?.proxy ?? config.network.proxy, pace: set?.pace });
    return args.record === undefined ? http : recordTo(args.record, source.about.id, http);
  }

  function readerFor(signal: AbortSignal): IconReader {
    if (replay !== undefined) return async () => ({ problem: "not recorded" });
    const { pace, deadlineMs } = ICON_DOOR;
    return createIconReader(door.anywhere(pace, { signal, proxy: config.network.proxy, deadlineMs }));
  }

  return ok({
    config,
    file,
    store,
    async scanPorts(signal) {
      const ports = await scanPorts({
        config,
        brands: brands.chosen,
        sources: sources.chosen,
        httpFor: (source) => httpFor(source, signal),
        readIcon: readerFor(signal),
        credentials: env,
        replayed: replay !== undefined,
        store,
        owner: `scan-${process.pid}`,
        signal,
        timeIsUp: () => false,
      });
      return { ports };
    },
    async unproven() {
      const ids = sources.chosen.map((source) => source.about.id);
      const healths = await Promise.all(ids.map((id) => store.book.health(id)));
      return new Set(ids.filter((_, at) => healths[at]?.provedLiveAt === undefined));
    },
    replayed: () => replay && { misses: replay.misses(), unused: replay.unused() },
    async close() {
      await door.close();
      await store.close();
    },
  });
}

function enabledSources(config: Config): Source[] {
  return registry.filter((source) => config.sources[source.about.id]?.enabled !== false);
}

function choose<T>(
  all: readonly T[],
  only: readonly string[] | undefined,
  idOf: (one: T) => string,
): { chosen: T[]; unknown: string[] } {
  if (only === undefined || only.length === 0) return { chosen: [...all], unknown: [] };
  return {
    chosen: all.filter((one) => only.includes(idOf(one))),
    unknown: only.filter((id) => !all.some((one) => idOf(one) === id)),
  };
}

function problem(file: string, code: ConfigProblem["code"], facts: ConfigProblem["facts"]): ConfigProblem {
  return { file, at: "", severity: "error", code, facts };
}
