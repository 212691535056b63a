import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { createDb, type Db } from "./db.ts";
import { answers, type Door, readDoor } from "./lock-file.ts";
import { loopbackClient } from "./loopback-client.ts";
import { type Owner, TABLE, tryOwn, WORKER_URL } from "./owner.ts";

export interface Embedded {
  db: Db;
  /** Whether this process serves the folder at the moment. */
  owns(): boolean;
  /** Ends the service if this process gives it; other processes then take over. */
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Entry of the serving worker; by default `dynalite-worker` beside this file. */
  workerUrl?: URL;
  /** How long to look for an owner, or to become it, before giving up. */
  patienceMs?: number;
}

/** A client of the live owner; `owner` is set where that is this process. */
interface Seat {
  client: DynamoDBDocumentClient;
  owner?: Owner;
}

/**
 * Opens the ledger of a data folder on this machine. The first process serves it, later ones connect to it, and when it
 * dies one of them takes over. Throws when the folder stays held by a process that does not answer.
 */
export async function openEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const { workerUrl = WORKER_URL, patienceMs = 15_000 } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const find = () => attach(folder, workerUrl, patienceMs);
  let seat: Seat | undefined = await find();
  let finding: Promise<Seat> | undefined;
  let closed = false;

  /** One search at a time, however many calls have lost their owner. */
  function reseat(): Promise<Seat> {
    finding ??= find()
      .then((found) => {
        seat = found;
        return found;
      })
      .finally(() => {
        finding = undefined;
      });
    return finding;
  }

  async function run<T>(use: (client: DynamoDBDocumentClient) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      if (closed) throw new Error("the ledger is closed");
      const current: Seat = seat ?? (await reseat());
      try {
        return await use(current.client);
      } catch (error) {
        if (closed || attempt === 5 || !isLost(error)) throw error;
        if (seat === current) seat = undefined;
      }
    }
  }

  return {
    db: createDb(run, TABLE),
    owns: () => seat?.owner !== undefined,
    async close() {
      closed = true;
      const last = (await finding?.catch(() => undefined)) ?? seat;
      last?.client.destroy();
      await last?.owner?.close();
    },
  };
}

async function attach(folder: string, workerUrl: URL, patienceMs: number): Promise<Seat> {
  const lockPath = join(folder, "ledger.lock");
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const door = await readDoor(lockPath);
    if (door !== undefined && (await answers(door, 2_000))) return seatAt(door);
    const owner = await tryOwn(join(folder, "ledger"), lockPath, workerUrl);
    if ("door" in owner) return { ...seatAt(owner.door), owner };
    if (Date.now() > deadline) throw unreachable(folder, door, owner.refused);
    await sleep(20 + Math.random() * 60);
  }
}

function seatAt(door: Door): Seat {
  return { client: loopbackClient(door.port, door.key) };
}

function unreachable(folder: string, door: Door | undefined, cause: unknown): Error {
  const holder = door === undefined ? "another process" : `process ${door.pid}`;
  return new Error(`the ledger in ${folder} cannot be opened: ${holder} holds it and does not answer`, { cause });
}

const LOST = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "TimeoutError",
  "UnrecognizedClientException",
]);

/** Whether the owner is gone: nobody there, the line cut, silence, or somebody with another key on its port. */
function isLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    LOST.has(error.name) || LOST.has((error as NodeJS.ErrnoException).code ?? "") || error.message === "socket hang up"
  );
}
