import { userInfo } from "node:os";
import type { AttemptState } from "../../../domain/finding/event.ts";
import { ok, type Result } from "../../../kernel/result.ts";
import type { ConfigProblem } from "../../../platform/config/problem.ts";
import { type AttemptPolicy, type AttemptProblem, attempt } from "../../../workflows/triage/attempt.ts";
import { readSettings } from "../../settings.ts";
import { openStore } from "../../store.ts";
import { systemClock } from "../../system-clock.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { configProblems } from "../render/config-problems.ts";
import type { Terminal } from "../terminal.ts";

export interface AttemptArgs extends CommonArgs {
  id: string;
  state: AttemptState;
  recipient: string;
  channel: string;
  reference?: string;
  by?: string;
  json?: boolean;
}

/** Notes how far a takedown request to one recipient has come. */
export async function attemptCommand(args: AttemptArgs, { terminal, env }: Invocation): Promise<number> {
  const { id, state, recipient, channel, reference } = args;
  const policy = await policyOf(args, env);
  if (!policy.ok) {
    terminal.error(configProblems(policy.error, terminal));
    return EXIT.usage;
  }
  const store = await openStore(args.data, env);
  try {
    const step = { state, recipient, channel, reference, by: args.by ?? userInfo().username };
    const made = await attempt({ ledger: store.ledger, clock: systemClock }, id, step, policy.value);
    if (!made.ok) {
      terminal.error(problemText(made.error, id, terminal));
      return EXIT.usage;
    }
    if (args.json) terminal.answer(JSON.stringify({ schema: "finding/1", finding: made.value }));
    else terminal.answer(terminal.m.attempt.done(id, recipient, terminal.m.attemptState[state]));
    return EXIT.complete;
  } finally {
    await store.close();
  }
}

/** As the configuration has it. Cases can be worked on where there is none; one that cannot be read may ask for two people. */
async function policyOf(args: AttemptArgs, env: NodeJS.ProcessEnv): Promise<Result<AttemptPolicy, ConfigProblem[]>> {
  const settings = await readSettings(args, env);
  if (settings.ok) return ok(settings.value.config.review);
  const absent = settings.error.every(({ code }) => code === "file-missing");
  return absent ? ok({ fourEyes: false }) : settings;
}

function problemText(problem: AttemptProblem, id: string, { m }: Terminal): string {
  switch (problem.kind) {
    case "unknown-finding":
      return m.show.unknown(id);
    case "not-confirmed":
      return m.attempt.notConfirmed(id);
    case "not-next": {
      const now = problem.state === undefined ? undefined : m.attemptState[problem.state];
      return m.attempt.notNext(now, problem.allowed.join(", "));
    }
    case "not-drafted":
      return m.attempt.notDrafted;
    case "same-person":
      return m.attempt.samePerson(problem.preparer);
    case "conflict":
      return m.decide.conflict(id, problem.current.changedBy, problem.current.changedAt);
  }
}
