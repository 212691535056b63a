import type { AttemptState } from "../../../domain/finding/event.ts";
import { ok, type Result } from "../../../kernel/result.ts";
import type { ConfigProblem } from "../../../platform/config/problem.ts";
import { type AttemptPolicy, type AttemptProblem, attempt } from "../../../workflows/triage/attempt.ts";
import { dataFolder } from "../../data-folder.ts";
import { keepPolicy, keptPolicy } from "../../kept-policy.ts";
import { readSettings } from "../../settings.ts";
import { openStore } from "../../store.ts";
import { systemClock } from "../../system-clock.ts";
import { byWhom } from "../by-whom.ts";
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
  const by = byWhom(args.by);
  if (by === undefined) {
    terminal.error(terminal.m.badName);
    return EXIT.usage;
  }
  const policy = await policyOf(args, env);
  if (!policy.ok) {
    terminal.error(configProblems(policy.error, terminal));
    return EXIT.usage;
  }
  const store = await openStore(args.data, env);
  try {
    const step = { state, recipient, channel, reference, by };
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

/** As the configuration has it, or had it when it was last seen; one that cannot be read may ask for two people. */
async function policyOf(args: AttemptArgs, env: NodeJS.ProcessEnv): Promise<Result<AttemptPolicy, ConfigProblem[]>> {
  const settings = await readSettings(args, env);
  const folder = dataFolder(args.data, env);
  if (settings.ok) {
    keepPolicy(folder, settings.value.config.review);
    return ok(settings.value.config.review);
  }
  const absent = settings.error.every(({ code }) => code === "file-missing");
  return absent ? ok(keptPolicy(folder)) : settings;
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
    case "too-many-attempts":
      return m.attempt.tooMany(problem.most);
    case "not-drafted":
      return m.attempt.notDrafted;
    case "same-person":
      return m.attempt.samePerson(problem.preparer);
    case "too-large":
      return m.decide.full(id);
    case "too-long":
      return m.decide.tooLong(problem.most);
    case "conflict":
      return m.decide.conflict(id, problem.current.changedBy, problem.current.changedAt);
  }
}
