import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { bankProfiles, writeIcons } from "../storefront/profile-facts.ts";
import { type Storefront, startStorefront } from "../storefront/server.ts";

const PROGRAM = fileURLToPath(new URL("../../dist/knockoff.js", import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The built program, run in a folder of its own as a user runs it. */
export interface Bench {
  folder: string;
  start(...args: string[]): ChildProcess;
  run(...args: string[]): Promise<Ended>;
  /** Runs a command that answers with one JSON document. */
  json<T>(...args: string[]): Promise<T>;
  remove(): void;
}

export function createBench(config?: object): Bench {
  const folder = mkdtempSync(join(tmpdir(), "knockoff-e2e-"));
  if (config !== undefined) writeFileSync(join(folder, "knockoff.yaml"), stringify(config));
  const env = { ...process.env, LANG: "en_US.UTF-8", KNOCKOFF_DATA: join(folder, "data"), NO_COLOR: "1" };
  const start = (...args: string[]) =>
    spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe"] });
  const run = (...args: string[]) => ended(start(...args));
  return {
    folder,
    start,
    run,
    async json(...args) {
      const { code, stdout, stderr } = await run(...args, "--json");
      if (code !== 0 && code !== 3) throw new Error(`knockoff ${args.join(" ")} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function ended(child: ChildProcess): Promise<Ended> {
  child.stdin?.end();
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (part) => {
      stdout += part;
    });
    child.stderr?.on("data", (part) => {
      stderr += part;
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A storefront, and the program with the profile of its banks. */
export async function openWorld(
  seed: number,
  change: (config: ReturnType<typeof bankProfiles>) => object = (config) => config,
): Promise<{ storefront: Storefront; bench: Bench; close(): Promise<void> }> {
  const storefront = await startStorefront({ seed });
  const config = bankProfiles(storefront.world, { url: storefront.url, iconFolder: "icons" });
  const bench = createBench(change(config));
  await writeIcons(storefront.world, join(bench.folder, "icons"));
  return {
    storefront,
    bench,
    async close() {
      await storefront.stop();
      bench.remove();
    },
  };
}
