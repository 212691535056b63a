import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Agent, request } from "undici";
import { openEmbedded } from "../../lib/platform/dynamo/embedded.ts";
import { brandIds, fillLedger } from "./fill-ledger.ts";

/**
 * `npm run bench:api [-- --seconds 60 --keep FOLDER]`: how long people wait for the site on this machine, over the embedded ledger with
 * 100,000 findings. `--keep` fills that folder once and works on copies of it.
 */

const FINDINGS = 100_000;
const BRANDS = 20;
const SESSIONS = 20;
const THINK_MS = 2_000;
const WARM_UP_MS = 10_000;
const CLOSED_LOOP_MS = 15_000;

/** One analyst's seat: what the last step showed is what the next one asks for. */
interface Session {
  ask(path: string, asking?: { method?: string; headers?: Record<string, string>; body?: unknown }): Promise<Reply>;
  queue: string[];
  open?: { id: string; etag: string };
}

interface Reply {
  status: number;
  etag: string;
  body: { findings?: { id: string }[] };
}

/** What an analyst does over and over, and how long each may take for 95 of 100. */
const STEPS: { kind: string; targetMs: number; run(session: Session): Promise<void> }[] = [
  {
    kind: "queue",
    targetMs: 150,
    async run(session) {
      const { body } = await session.ask("/findings?stage=new,triaging&minScore=0.15&limit=50");
      session.queue = body.findings?.map(({ id }) => id) ?? [];
    },
  },
  {
    kind: "finding",
    targetMs: 80,
    async run(session) {
      const id = session.queue[Math.floor(Math.random() * session.queue.length)] ?? "";
      const [{ etag }] = await Promise.all([session.ask(`/findings/${id}`), session.ask(`/findings/${id}/related`)]);
      session.open = { id, etag };
    },
  },
  {
    kind: "decide",
    targetMs: 100,
    async run({ ask, open }) {
      const body = { kind: "decided", disposition: "unrelated", reason: "seen beside ours" };
      await ask(`/findings/${open?.id}/events`, { method: "POST", headers: { "if-match": open?.etag ?? "*" }, body });
    },
  },
];

const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" }, keep: { type: "string" } } });
const measuredMs = Number(values.seconds) * 1_000;
const work = mkdtempSync(join(tmpdir(), "knockoff-bench-"));
try {
  await filled(join(work, "data"), values.keep);
  const { port, server } = await serveFrom(join(work, "data"));
  try {
    const agent = new Agent({ connections: SESSIONS * 2 });
    report("with 2 s to think", await sit(port, agent, { warmUpMs: WARM_UP_MS, measuredMs, thinkMs: THINK_MS }));
    const times = await sit(port, agent, { warmUpMs: 0, measuredMs: CLOSED_LOOP_MS, thinkMs: 0 });
    report("without a pause", times);
    const steps = [...times.values()].reduce((sum, all) => sum + all.length, 0);
    line("throughput without a pause", `${(steps / (CLOSED_LOOP_MS / 1_000)).toFixed(1)} steps/s`, "");
    await agent.close();
  } finally {
    server.send("end");
    await once(server, "exit");
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The ledger of this run, as a copy of the one that is kept, where one is. */
async function filled(folder: string, keep: string | undefined): Promise<void> {
  if (keep !== undefined && existsSync(keep)) return cpSync(keep, folder, { recursive: true });
  const started = performance.now();
  const embedded = await openEmbedded(folder);
  await fillLedger(embedded.db, FINDINGS, brandIds(BRANDS));
  await embedded.close();
  line(`filled with ${FINDINGS} findings`, `${Math.round((performance.now() - started) / 1_000)} s`, "");
  if (keep === undefined) return;
  cpSync(folder, `${keep}.part`, { recursive: true });
  renameSync(`${keep}.part`, keep);
}

async function serveFrom(folder: string): Promise<{ port: number; server: ChildProcess }> {
  const server = fork(fileURLToPath(new URL("./api-server.ts", import.meta.url)), [folder]);
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  return { port, server };
}

/** All sessions for a while, each at another point of its round; milliseconds that each step took, by its kind. */
async function sit(
  port: number,
  agent: Agent,
  { warmUpMs, measuredMs, thinkMs }: { warmUpMs: number; measuredMs: number; thinkMs: number },
): Promise<Map<string, number[]>> {
  const times = new Map(STEPS.map(({ kind }) => [kind, [] as number[]]));
  const counts = performance.now() + warmUpMs;
  const ends = counts + measuredMs;
  const session = async (place: number) => {
    const seat: Session = { queue: [], ask: askAs(port, agent, `analyst-${place}`) };
    await sleep((place / SESSIONS) * thinkMs * STEPS.length);
    for (let turn = 0; performance.now() < ends; turn += 1) {
      const step = STEPS[turn % STEPS.length] as (typeof STEPS)[number];
      const started = performance.now();
      await step.run(seat);
      if (started >= counts) times.get(step.kind)?.push(performance.now() - started);
      if (thinkMs > 0) await sleep(thinkMs * (0.5 + Math.random()));
    }
  };
  await Promise.all(Array.from({ length: SESSIONS }, (_, place) => session(place)));
  return times;
}

/** Two analysts now and then decide the same case; anything else that is refused is a mistake of the measurement. */
function askAs(port: number, agent: Agent, person: string): Session["ask"] {
  return async (path, { method = "GET", headers, body } = {}) => {
    const reply = await request(`http://127.0.0.1:${port}${path}`, {
      dispatcher: agent,
      method: method as "GET" | "POST",
      headers: { "x-person": person, "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const given = (await reply.body.json()) as Reply["body"];
    if (reply.statusCode !== 200 && reply.statusCode !== 409)
      throw new Error(`${method} ${path} was answered with ${reply.statusCode}: ${JSON.stringify(given)}`);
    return { status: reply.statusCode, etag: String(reply.headers.etag ?? ""), body: given };
  };
}

function report(how: string, times: Map<string, number[]>): void {
  for (const { kind, targetMs } of STEPS) {
    const sorted = (times.get(kind) ?? []).sort((a, b) => a - b);
    const rank = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
    line(`${kind}, ${how} (${sorted.length})`, `p50 ${rank(0.5)} ms, p95 ${rank(0.95)} ms`, `aim p95 ${targetMs} ms`);
  }
}

function line(what: string, measured: string, aim: string): void {
  process.stdout.write(`${what.padEnd(44)} ${measured.padStart(26)}   ${aim}\n`);
}
