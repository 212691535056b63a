import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Debian's, or the one the environment names. */
const PROGRAM = process.env.KNOCKOFF_CHROMIUM ?? "/usr/bin/chromium";

/** Whether pages can be looked at here. In CI a browser must be there; elsewhere its tests are skipped, and say so. */
export function hasBrowser(): boolean {
  if (existsSync(PROGRAM)) return true;
  if (process.env.CI) throw new Error(`${PROGRAM} is missing: apt-get install chromium`);
  process.stderr.write(`skipped: no browser at ${PROGRAM} (apt-get install chromium)\n`);
  return false;
}

/** A browser without a window. Whoever runs as root, as containers do, gets no sandbox. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PROGRAM, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}
