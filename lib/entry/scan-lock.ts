import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { err, ok, type Result } from "../kernel/result.ts";

/**
 * One scan at a time on one data folder. A lock whose process is gone is taken over, so a killed scan never blocks the next.
 * On success the value gives the lock back; the error is the process that holds it.
 */
export function lockScan(folder: string): Result<() => void, number> {
  const file = join(folder, "scan.lock");
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx", mode: 0o600 });
      return ok(() => rmSync(file, { force: true }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = holderOf(file);
    if (holder !== undefined && isAlive(holder)) return err(holder);
    rmSync(file, { force: true });
  }
  return err(holderOf(file) ?? 0);
}

function holderOf(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, "utf8"), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
