import { randomBytes } from "node:crypto";
import { mkdir, realpath, rename } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type Door, removeDoor, writeDoor } from "./lock-file.ts";
import { loopbackClient } from "./loopback-client.ts";
import { ensureTable } from "./table.ts";

export const TABLE = "knockoff";

/** The worker's file: beside this one, in the sources as in the bundle. */
export const WORKER_URL = new URL(
  import.meta.url.endsWith(".ts") ? "./dynalite-worker.ts" : "./dynalite-worker.js",
  import.meta.url,
);

export interface Owner {
  door: Door;
  /** Answers what was asked, hands the folder over and ends. */
  close(): Promise<void>;
}

/**
 * Folders this process serves or is about to. LevelDB's lock belongs to the process, and on POSIX a second try to take it
 * in the same process would give up the first.
 */
const served = new Set<string>();

/**
 * Serves the folder if nobody does, else says why not. LevelDB's lock decides between processes: the kernel gives it to one
 * and takes it back when that one dies, so there are never two winners and no stale lock to clean up. A worker that does
 * not even start is a broken installation: thrown.
 */
export async function tryOwn(folder: string, lockPath: string, workerUrl: URL): Promise<Owner | { refused: unknown }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const real = await realpath(folder);
  if (served.has(real)) return { refused: "this process serves it already" };
  served.add(real);
  const key = randomBytes(16).toString("hex");
  const worker = startWorker(workerUrl, real, key);
  const gone = new Promise<void>((resolve) => worker.once("exit", () => resolve())).then(() => served.delete(real));
  const port = await portOf(worker);
  try {
    const table = await readyTable(port, key);
    if (table === "half-made") {
      await worker.terminate();
      await rename(real, `${real}.half-made-${key}`);
      return { refused: "its last owner died while it made the table" };
    }
    const door = { pid: process.pid, port, key, startedAt: new Date().toISOString() };
    await writeDoor(lockPath, door);
    worker.unref();
    return { door, close: () => handOver(worker, gone, lockPath, door) };
  } catch (error) {
    await worker.terminate();
    return { refused: error };
  }
}

function startWorker(url: URL, path: string, key: string): Worker {
  // Its garbage is short-lived: a small young generation spares memory and costs little time.
  const options = { workerData: { path, key }, resourceLimits: { maxYoungGenerationSizeMb: 24 } };
  if (!url.pathname.endsWith(".ts")) return new Worker(url, options);
  return new Worker(sourceLoader(url), { ...options, eval: true });
}

/** A worker does not inherit what makes Node 20 read TypeScript, neither from tsx nor from vitest. Sources only; the bundle needs none. */
function sourceLoader(url: URL): string {
  const tsx = import.meta.resolve("tsx/esm/api");
  return `import(${JSON.stringify(tsx)}).then((tsx) => tsx.tsImport(${JSON.stringify(url.href)}, ${JSON.stringify(url.href)}))`;
}

function portOf(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    // Stays for the worker's life: an error after the port is known ends the worker, and its clients look for a new owner.
    worker.on("error", reject);
    worker.once("exit", (code) => reject(new Error(`the ledger's worker ended with ${code} before it listened`)));
    worker.once("message", resolve);
  });
}

/** The first question shows whether the files could be opened. A table still `CREATING` after two seconds stays so for good. */
async function readyTable(port: number, key: string): Promise<"ready" | "half-made"> {
  const client = loopbackClient(port, key);
  try {
    for (let i = 0; i < 100; i += 1) {
      if ((await ensureTable(client, TABLE)) === "ACTIVE") return "ready";
      await sleep(20);
    }
    return "half-made";
  } finally {
    client.destroy();
  }
}

/** The lock file goes first: as soon as the files are closed, the next owner may write its own. */
async function handOver(worker: Worker, gone: Promise<unknown>, lockPath: string, door: Door): Promise<void> {
  await removeDoor(lockPath, door);
  worker.ref();
  worker.postMessage("close");
  await gone;
}
