import type { Coverage } from "../../domain/finding/coverage.ts";
import { printable } from "../../kernel/text.ts";
import type { Messages } from "./messages.en.ts";

/** One line on a source that was not searched completely: how far it came, why it ended, since when. */
export function gapText(part: Coverage, m: Messages): string {
  const [main] = part.failures;
  const reason = main
    ? [m.failure[main.kind] ?? main.kind, printable(main.detail, 160)].filter((text) => text !== "").join(": ")
    : m.coverage[part.outcome];
  const since = part.failingSince ? ` (${m.scan.since(part.failingSince.slice(0, 16).replace("T", " "))})` : "";
  const canary = part.canary === "lost" ? `; ${m.scan.canaryLost}` : "";
  const blind = part.blind.length > 0 ? `; ${m.scan.blind(part.blind.join(", "))}` : "";
  const unwritten = part.unwritten ?? [];
  const full = unwritten.filter(({ why }) => why === "too-large").length;
  const lost = unwritten.length > 0 ? `; ${m.scan.unwritten(full, unwritten.length - full)}` : "";
  return `${part.source}: ${part.done}/${part.planned} · ${reason}${canary}${since}${blind}${lost}`;
}
