import type { Disposition } from "../../../domain/finding/event.ts";
import { instantOf } from "../../../kernel/time.ts";
import { type DecideProblem, DISPOSITIONS, decide } from "../../../workflows/triage/decide.ts";
import { openStore } from "../../store.ts";
import { byWhom } from "../by-whom.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import type { Terminal } from "../terminal.ts";

export interface DecideArgs extends CommonArgs {
  ids: string[];
  reason?: string;
  by?: string;
  expires?: string;
  json?: boolean;
}

export async function decideCommand(args: DecideArgs, { terminal, env }: Invocation): Promise<number> {
  const words = [...args.ids];
  const disposition = words.pop() as Disposition;
  if (!DISPOSITIONS.includes(disposition) || words.length === 0) {
    terminal.error(`knockoff decide <id…> ${DISPOSITIONS.join("|")} --reason "…"`);
    return EXIT.usage;
  }
  const expires = expiry(args.expires);
  if (args.expires !== undefined && expires === undefined) {
    terminal.error(terminal.m.decide.badExpiry);
    return EXIT.usage;
  }
  const by = byWhom(args.by);
  if (by === undefined) {
    terminal.error(terminal.m.badName);
    return EXIT.usage;
  }
  const store = await openStore(args.data, env);
  try {
    let code: number = EXIT.complete;
    for (const id of words) {
      const decision = {
        disposition,
        reason: args.reason ?? "",
        by,
        expires,
      };
      const decided = await decide({ ledger: store.ledger, clock: () => instantOf(Date.now()) }, id, decision);
      if (decided.ok && args.json) terminal.answer(JSON.stringify({ schema: "finding/1", finding: decided.value }));
      else if (decided.ok) terminal.answer(terminal.m.decide.done(id, terminal.m.disposition[disposition]));
      else {
        terminal.error(problemText(decided.error, id, terminal));
        code = EXIT.usage;
      }
    }
    return code;
  } finally {
    await store.close();
  }
}

/** Undefined where none was given, or it is no day. */
function expiry(day: string | undefined): string | undefined {
  const ms = Date.parse(day ?? "");
  return Number.isNaN(ms) ? undefined : instantOf(ms);
}

function problemText(problem: DecideProblem, id: string, { m }: Terminal): string {
  switch (problem.kind) {
    case "no-reason":
      return m.decide.noReason;
    case "bad-expiry":
      return m.decide.badExpiry;
    case "unknown-finding":
      return m.show.unknown(id);
    case "too-large":
      return m.decide.full(id);
    case "too-long":
      return m.decide.tooLong(problem.most);
    case "conflict":
      return m.decide.conflict(id, problem.current.changedBy, problem.current.changedAt);
  }
}
