import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createAssessor } from "../../../domain/assess/assess.ts";
import { registry } from "../../../sources/registry.ts";
import { parseListing } from "../../listing-input.ts";
import { readSettings } from "../../settings.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { configProblems } from "../render/config-problems.ts";

export interface AssessArgs extends CommonArgs {
  file?: string;
}

/** Reads listings line by line and writes their assessments, so that a list from anywhere can be judged in constant memory. */
export async function assess(args: AssessArgs, { terminal, env, signal }: Invocation): Promise<number> {
  const settings = await readSettings(args, env);
  if (!settings.ok) {
    terminal.error(configProblems(settings.error, terminal));
    return EXIT.usage;
  }
  const judge = createAssessor(settings.value.config.brands);
  const firstParty = new Set(registry.filter((source) => source.about.firstParty).map((source) => source.about.id));
  const input = args.file === undefined || args.file === "-" ? process.stdin : createReadStream(args.file);
  let line = 0;
  let bad = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (signal.aborted) return EXIT.interrupted;
    line += 1;
    if (text.trim() === "") continue;
    const listing = parseListing(text, line);
    if (!listing.ok) {
      bad += 1;
      terminal.error(terminal.m.error.json(line, listing.error));
      continue;
    }
    const assessments = judge(listing.value, { firstParty: firstParty.has(listing.value.source) });
    const written = process.stdout.write(
      `${JSON.stringify({ source: listing.value.source, key: listing.value.key, assessments })}\n`,
    );
    if (!written) await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
  return bad === 0 ? EXIT.complete : EXIT.usage;
}
