import { RULESET } from "../../../domain/assess/ruleset.ts";
import type { BrandProfile } from "../../../domain/brand/profile.ts";
import { readSettings } from "../../settings.ts";
import { openStore } from "../../store.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { findingText } from "../render/finding.ts";

export interface ShowArgs extends CommonArgs {
  id: string;
  json?: boolean;
}

export async function show(args: ShowArgs, { terminal, env }: Invocation): Promise<number> {
  const store = await openStore(args.data, env);
  try {
    const finding = await store.ledger.read(args.id);
    if (finding === undefined) {
      terminal.error(terminal.m.show.unknown(args.id));
      return EXIT.usage;
    }
    const history = await store.ledger.history(args.id);
    if (args.json) terminal.answer(JSON.stringify({ schema: "finding/1", finding, history }, null, 2));
    else
      terminal.answer(findingText(finding, history, await brandOf(args, env, finding.brand), RULESET.prior, terminal));
    return EXIT.complete;
  } finally {
    await store.close();
  }
}

/** A case is worth showing even where its brand's profile cannot be read. */
async function brandOf(args: ShowArgs, env: NodeJS.ProcessEnv, id: string): Promise<BrandProfile | undefined> {
  const settings = await readSettings(args, env);
  return settings.ok ? settings.value.config.brands.find((brand) => brand.id === id) : undefined;
}
