import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { stringify } from "yaml";
import { printable } from "../../../kernel/text.ts";
import { addToBrand } from "../../../platform/config/edit.ts";
import { type Additions, additionsFrom } from "../../../workflows/brand/add.ts";
import { parseStoreLink } from "../../../workflows/brand/store-links.ts";
import { askDetails } from "../../../workflows/scan/ask.ts";
import { openRuntime, type Runtime } from "../../runtime.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { configProblems } from "../render/config-problems.ts";
import type { Terminal } from "../terminal.ts";

interface AddArgs extends CommonArgs {
  link?: string;
  brand?: string;
  yes: boolean;
}

/** Reads our own app's listing at its store and, after asking, writes what it shows into the profile. */
export async function addFromStore(args: AddArgs, invocation: Invocation): Promise<number> {
  const { terminal, env } = invocation;
  const opened = await openRuntime(args, env);
  if (!opened.ok) {
    terminal.error(configProblems(opened.error, terminal));
    return EXIT.usage;
  }
  try {
    return await add(opened.value, args, invocation);
  } finally {
    await opened.value.close();
  }
}

async function add(runtime: Runtime, args: AddArgs, { terminal, signal }: Invocation): Promise<number> {
  const { m } = terminal;
  const { ports } = await runtime.scanPorts(signal);
  const known = ports.brands.map(({ id }) => id).join(", ");
  const profile =
    args.brand === undefined && ports.brands.length === 1
      ? ports.brands[0]
      : ports.brands.find(({ id }) => id === args.brand);
  if (profile === undefined) {
    terminal.error(args.brand === undefined ? m.brand.chooseBrand(known) : m.brand.unknownBrand(args.brand, known));
    return EXIT.usage;
  }
  const link = parseStoreLink(args.link ?? "");
  const entry = ports.sources.find(({ source }) => source.about.id === link?.source && source.byId !== undefined);
  if (link === undefined || entry === undefined) {
    terminal.error(m.brand.noLink);
    return EXIT.usage;
  }
  const { answer } = await askDetails(ports, entry, link.key, link.region ?? ports.regions[0] ?? "us");
  if (!answer.ok) {
    terminal.error(
      `${link.source}: ${m.failure[answer.error.kind] ?? answer.error.kind}: ${printable(answer.error.detail, 200)}`,
    );
    return EXIT.gaps;
  }
  if (answer.value === undefined) {
    terminal.error(m.brand.notFound);
    return EXIT.usage;
  }
  return apply(runtime.file, profile.id, additionsFrom(answer.value, profile), args.yes, terminal);
}

async function apply(
  file: string,
  brand: string,
  additions: Additions,
  yes: boolean,
  terminal: Terminal,
): Promise<number> {
  const { m } = terminal;
  const filled = Object.fromEntries(Object.entries(additions).filter(([, entries]) => entries.length > 0));
  if (Object.keys(filled).length === 0) {
    terminal.answer(m.brand.unchanged);
    return EXIT.complete;
  }
  terminal.answer(`${m.brand.proposal}\n${stringify(filled).trimEnd().replace(/^/gm, "  ")}`);
  if (!yes && !terminal.asks) {
    terminal.error(m.brand.needYes);
    return EXIT.usage;
  }
  if (!yes && !(await agreed(m.brand.apply(file)))) {
    terminal.answer(m.brand.unchanged);
    return EXIT.complete;
  }
  writeFileSync(file, addToBrand(readFileSync(file, "utf8"), brand, filled));
  terminal.answer(m.brand.applied(file));
  return EXIT.complete;
}

async function agreed(question: string): Promise<boolean> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|j|是|好)$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
