import { configJsonSchema } from "../../../platform/config/json-schema.ts";
import { registry } from "../../../sources/registry.ts";
import { adviceFor } from "../../../workflows/brand/check.ts";
import { askableOf } from "../../../workflows/scan/askable.ts";
import { planSource } from "../../../workflows/scan/plan.ts";
import { openRuntime } from "../../runtime.ts";
import { readSettings } from "../../settings.ts";
import { systemClock } from "../../system-clock.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { configProblems } from "../render/config-problems.ts";
import { textTable } from "../table.ts";
import { addFromStore } from "./brand-add.ts";

export interface BrandArgs extends CommonArgs {
  action: "check" | "add" | "list" | "schema";
  link?: string;
  brand?: string;
  yes: boolean;
  json?: boolean;
}

export async function brand(args: BrandArgs, invocation: Invocation): Promise<number> {
  switch (args.action) {
    case "schema":
      invocation.terminal.answer(JSON.stringify(configJsonSchema(), null, 2));
      return EXIT.complete;
    case "list":
      return list(args, invocation);
    case "check":
      return check(args, invocation);
    case "add":
      return addFromStore(args, invocation);
    default:
      return args.action satisfies never;
  }
}

async function list(args: BrandArgs, { terminal, env }: Invocation): Promise<number> {
  const settings = await readSettings(args, env);
  if (!settings.ok) {
    terminal.error(configProblems(settings.error, terminal));
    return EXIT.usage;
  }
  const { brands } = settings.value.config;
  if (args.json) terminal.answer(JSON.stringify({ schema: "brands/1", brands }, null, 2));
  else {
    const rows = brands.map(({ id, title, country, names, officialApps, icons }) =>
      [id, title, country, names.length, officialApps.length, icons.length].map(String),
    );
    terminal.answer(textTable(terminal.m.brand.columns, rows));
  }
  return EXIT.complete;
}

/** Says what is wrong, what is missing, and what the stores would be asked for. */
async function check(args: BrandArgs, { terminal, env, signal }: Invocation): Promise<number> {
  const opened = await openRuntime({ ...args, onlyBrands: args.brand === undefined ? [] : [args.brand] }, env);
  if (!opened.ok) {
    terminal.error(configProblems(opened.error, terminal));
    return EXIT.usage;
  }
  const { config, close, scanPorts } = opened.value;
  const { m } = terminal;
  try {
    const { ports } = await scanPorts(signal);
    if (config.warnings.length > 0) terminal.error(configProblems(config.warnings, terminal));
    const sources = registry.map((source) => source.about);
    const linked = (id: string) => config.iconUrls.filter((entry) => entry.brand === id).length;
    const advice = ports.brands.map((profile) => ({
      brand: profile.id,
      advice: adviceFor(profile, sources, linked(profile.id), systemClock()),
    }));
    const questions = ports.sources.flatMap(
      (entry) => planSource(askableOf(entry), ports.brands, ports.regions, ports.budgets.queriesPerSource).tasks,
    );
    if (args.json) {
      terminal.answer(JSON.stringify({ schema: "brand-check/1", file: config.file, advice, questions }, null, 2));
      return EXIT.complete;
    }
    terminal.answer(m.brand.fine(ports.brands.length));
    for (const { brand: id, advice: lines } of advice) {
      for (const { code, facts } of lines) terminal.answer(`  ${id}: ${m.brand.advice[code]?.(facts) ?? code}`);
    }
    for (const profile of ports.brands) {
      const terms = questions.filter((task) => task.kind === "search" && task.brands.includes(profile.id));
      terminal.answer(
        `${m.brand.queries(profile.id)} ${[...new Set(terms.map((task) => task.query.term))].join(" · ")}`,
      );
    }
    return EXIT.complete;
  } finally {
    await close();
  }
}
