import { ok, type Result } from "../kernel/result.ts";
import { dayOf } from "../kernel/time.ts";
import { type Config, loadConfig } from "../platform/config/load.ts";
import type { ConfigProblem } from "../platform/config/problem.ts";
import { registry } from "../sources/registry.ts";
import { systemClock } from "./system-clock.ts";

export interface SettingsArgs {
  config?: string;
}

/** The configuration this run goes by: the flag's file, the environment's, or `knockoff.yaml` here. */
export async function readSettings(
  args: SettingsArgs,
  env: NodeJS.ProcessEnv,
): Promise<Result<{ file: string; config: Config }, ConfigProblem[]>> {
  const file = args.config ?? env.KNOCKOFF_CONFIG ?? "knockoff.yaml";
  const sourceIds = registry.map((source) => source.about.id);
  const config = await loadConfig(file, { sourceIds, today: dayOf(systemClock()) });
  return config.ok ? ok({ file, config: config.value }) : config;
}
