import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Where this machine keeps ledger and locker: the flag, the environment, or the platform's folder for programs' data. */
export function dataFolder(flag: string | undefined, env: NodeJS.ProcessEnv): string {
  const folder = resolve(flag ?? env.KNOCKOFF_DATA ?? platformFolder(env));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function platformFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "knockoff");
  if (process.platform === "win32") return join(env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "knockoff");
  return join(env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "knockoff");
}
