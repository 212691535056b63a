import { registry } from "../../../sources/registry.ts";
import { dataFolder } from "../../data-folder.ts";
import { readSettings } from "../../settings.ts";
import { openStore, type Store } from "../../store.ts";
import { systemClock } from "../../system-clock.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";

export interface DoctorArgs extends CommonArgs {
  json?: boolean;
}

interface Check {
  state: "ok" | "warn" | "bad";
  code: string;
  facts: Record<string, string | number>;
}

/** Looks at everything a scan stands on, and says what each thing is. */
export async function doctor(args: DoctorArgs, { terminal, env }: Invocation): Promise<number> {
  const checks: Check[] = [
    { state: "ok", code: "node", facts: { version: process.version } },
    ...(await configChecks(args, env)),
    ...(await storeChecks(args, env)),
  ];
  const { m, style } = terminal;
  if (args.json) terminal.answer(JSON.stringify({ schema: "doctor/1", checks }, null, 2));
  else {
    const styles = { ok: "good", warn: "warn", bad: "alert" } as const;
    for (const { state, code, facts } of checks) {
      terminal.answer(`${style(styles[state], m.doctor[state].padEnd(6))} ${m.doctor.check[code]?.(facts) ?? code}`);
    }
  }
  return checks.some(({ state }) => state === "bad") ? EXIT.usage : EXIT.complete;
}

async function configChecks(args: DoctorArgs, env: NodeJS.ProcessEnv): Promise<Check[]> {
  const settings = await readSettings(args, env);
  if (!settings.ok) {
    const file = settings.error[0]?.file ?? "";
    return [{ state: "bad", code: "config-bad", facts: { file, problems: settings.error.length } }];
  }
  const { file, config } = settings.value;
  const checks: Check[] = [
    { state: "ok", code: "config", facts: { file, brands: config.brands.length, sources: registry.length } },
  ];
  if (config.contact === undefined) checks.push({ state: "warn", code: "contact", facts: {} });
  return checks;
}

async function storeChecks(args: DoctorArgs, env: NodeJS.ProcessEnv): Promise<Check[]> {
  const folder = dataFolder(args.data, env);
  let store: Store;
  try {
    store = await openStore(args.data, env);
  } catch (error) {
    return [{ state: "bad", code: "data-bad", facts: { folder, detail: (error as Error).message } }];
  }
  try {
    return [await clockCheck(store), ...(await sourceChecks(store)), await dataCheck(store, folder)];
  } finally {
    await store.close();
  }
}

async function dataCheck(store: Store, folder: string): Promise<Check> {
  let findings = 0;
  let cursor: string | undefined;
  do {
    const page = await store.ledger.list({}, 500, cursor);
    findings += page.findings.length;
    cursor = page.cursor;
  } while (cursor !== undefined);
  return { state: "ok", code: "data", facts: { folder, findings } };
}

/** Events are ordered by time: a clock that went back would mix them up. */
async function clockCheck(store: Store): Promise<Check> {
  const now = systemClock();
  const healths = await Promise.all(registry.map((source) => store.book.health(source.about.id)));
  const last =
    healths
      .map((health) => health?.lastGood ?? "")
      .sort()
      .at(-1) ?? "";
  return last > now
    ? { state: "bad", code: "clock-back", facts: { now, last } }
    : { state: "ok", code: "clock", facts: { now } };
}

async function sourceChecks(store: Store): Promise<Check[]> {
  const healths = await Promise.all(
    registry.map(async ({ about }) => (await store.book.health(about.id)) ?? { source: about.id }),
  );
  const unproven = healths.filter((health) => health.provedLiveAt === undefined).map((health) => health.source);
  return [
    ...(unproven.length === 0
      ? []
      : [{ state: "warn" as const, code: "unproven", facts: { sources: unproven.join(", ") } }]),
    ...healths.flatMap(({ source, failingSince, failure }): Check[] =>
      failingSince === undefined
        ? []
        : [
            {
              state: "warn",
              code: "failing",
              facts: { source, since: failingSince.slice(0, 16), detail: failure?.detail ?? "" },
            },
          ],
    ),
  ];
}
