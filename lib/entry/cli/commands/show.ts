import { RULESET } from "../../../domain/assess/ruleset.ts";
import type { BrandProfile } from "../../../domain/brand/profile.ts";
import { relatedTo } from "../../../workflows/triage/related.ts";
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
    const { related, more } = await relatedTo(store.ledger, finding);
    if (args.json) {
      const ties = related.map(({ finding: { id }, ties }) => ({ id, ties }));
      terminal.answer(JSON.stringify({ schema: "finding/1", finding, history, related: ties }, null, 2));
      return EXIT.complete;
    }
    const brand = await brandOf(args, env, finding.brand);
    terminal.answer(findingText({ finding, history, related, more, brand, base: RULESET.prior }, terminal));
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
