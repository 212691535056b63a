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
  ask(path: string, asking?: { method?: string; headers?: Record<string, string>; body?: string }): Promise<Reply>;
  queue: string[];
  open?: { id: string; version: string };
}

interface Reply {
  status: number;
  etag: string;
  body: string;
}

interface Step {
  kind: string;
  /** 95 of 100 may take so long. */
  targetMs: number;
  run(session: Session): Promise<void>;
}

/** What a program does over and over for its analyst. */
const CALLS: Step[] = [
  {
    kind: "queue",
    targetMs: 150,
    async run(session) {
      const { body } = await session.ask("/api/findings?stage=new,triaging&minScore=0.15&limit=50");
      session.queue = (JSON.parse(body) as { findings: { id: string }[] }).findings.map(({ id }) => id);
    },
  },
  {
    kind: "finding",
    targetMs: 80,
    async run(session) {
      const id = oneOf(session.queue);
      const asked = [session.ask(`/api/findings/${id}`), session.ask(`/api/findings/${id}/related`)] as const;
      const [{ etag }] = await Promise.all(asked);
      session.open = { id, version: etag };
    },
  },
  {
    kind: "decide",
    targetMs: 100,
    async run({ ask, open }) {
      const body = JSON.stringify({ kind: "decided", disposition: "unrelated", reason: "seen beside ours" });
      const headers = { "content-type": "application/json", "if-match": open?.version ?? "*" };
      await ask(`/api/findings/${open?.id}/events`, { method: "POST", headers, body });
    },
  },
];

/** The same in a browser, whose pages are made here. */
const PAGES: Step[] = [
  {
    kind: "queue page",
    targetMs: 150,
    async run(session) {
      const { body } = await session.ask("/queue");
      session.queue = [...body.matchAll(/\/findings\/(f-[0-9a-z]+)\?/g)].map(([, id]) => id as string);
    },
  },
  {
    kind: "finding page",
    targetMs: 80,
    async run(session) {
      const id = oneOf(session.queue);
      const { body } = await session.ask(`/findings/${id}`);
      session.open = { id, version: /name="version" value="(\d+)"/.exec(body)?.[1] ?? "" };
    },
  },
  {
    kind: "decide form",
    targetMs: 100,
    async run({ ask, open }) {
      const form = { version: open?.version ?? "", disposition: "unrelated", reason: "seen beside ours", go: "next" };
      const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
      const body = new URLSearchParams(form).toString();
      await ask(`/findings/${open?.id}/decide`, { method: "POST", headers, body });
    },
  },
  {
    kind: "to the next",
    targetMs: 150,
    async run({ ask, open }) {
      await ask(`/findings/${open?.id}/next`);
    },
  },
];

function oneOf(ids: readonly string[]): string {
  return ids[Math.floor(Math.random() * ids.length)] ?? "";
}

const { values } = parseArgs({ options: { seconds: { type: "string", default: "60" }, keep: { type: "string" } } });
const measuredMs = Number(values.seconds) * 1_000;
const work = mkdtempSync(join(tmpdir(), "knockoff-bench-"));
try {
  await filled(join(work, "data"), values.keep);
  const { port, server } = await serveFrom(join(work, "data"));
  try {
    const agent = new Agent({ connections: SESSIONS * 2 });
    for (const steps of [CALLS, PAGES]) await measure(steps, port, agent);
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
  const server = fork(fileURLToPath(new URL("./site-server.ts", import.meta.url)), [folder]);
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  return { port, server };
}

async function measure(steps: readonly Step[], port: number, agent: Agent): Promise<void> {
  const patient = await sit(steps, port, agent, { warmUpMs: WARM_UP_MS, measuredMs, thinkMs: THINK_MS });
  report(steps, "with 2 s to think", patient);
  const times = await sit(steps, port, agent, { warmUpMs: 0, measuredMs: CLOSED_LOOP_MS, thinkMs: 0 });
  report(steps, "without a pause", times);
  const done = [...times.values()].reduce((sum, all) => sum + all.length, 0);
  line("throughput without a pause", `${(done / (CLOSED_LOOP_MS / 1_000)).toFixed(1)} steps/s`, "");
}

/** All sessions for a while, each at another point of its round; milliseconds that each step took, by its kind. */
async function sit(
  steps: readonly Step[],
  port: number,
  agent: Agent,
  { warmUpMs, measuredMs, thinkMs }: { warmUpMs: number; measuredMs: number; thinkMs: number },
): Promise<Map<string, number[]>> {
  const times = new Map(steps.map(({ kind }) => [kind, [] as number[]]));
  const counts = performance.now() + warmUpMs;
  const ends = counts + measuredMs;
  const session = async (place: number) => {
    const seat: Session = { queue: [], ask: askAs(port, agent, `analyst-${place}`) };
    await sleep((place / SESSIONS) * thinkMs * steps.length);
    for (let turn = 0; performance.now() < ends; turn += 1) {
      const step = steps[turn % steps.length] as Step;
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
      headers: { "x-person": person, ...headers },
      body,
    });
    const given = await reply.body.text();
    if (![200, 302, 303, 409].includes(reply.statusCode))
      throw new Error(`${method} ${path} was answered with ${reply.statusCode}: ${given.slice(0, 500)}`);
    return { status: reply.statusCode, etag: String(reply.headers.etag ?? ""), body: given };
  };
}

function report(steps: readonly Step[], how: string, times: Map<string, number[]>): void {
  for (const { kind, targetMs } of steps) {
    const sorted = (times.get(kind) ?? []).sort((a, b) => a - b);
    const rank = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
    line(`${kind}, ${how} (${sorted.length})`, `p50 ${rank(0.5)} ms, p95 ${rank(0.95)} ms`, `aim p95 ${targetMs} ms`);
  }
}

function line(what: string, measured: string, aim: string): void {
  process.stdout.write(`${what.padEnd(44)} ${measured.padStart(26)}   ${aim}\n`);
}
