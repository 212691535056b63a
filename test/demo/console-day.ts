import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** The console of the demo's banks: served until Ctrl-C where somebody watches, else asked once and closed. */
export async function consoleDay(program: string, folder: string, say: (text: string) => void): Promise<void> {
  const args = [program, "serve", "--port", "0", "--json", "--quiet", "--by", "analyst", "--data", `${folder}/data`];
  const server = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = (await once(server.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    const link = JSON.parse(String(line)).url as string;
    const watched = process.stdout.isTTY === true && process.env.CI === undefined;
    if (!watched) {
      const cookie = await enter(link);
      await handOver(link, cookie);
      await tellQueue(link, cookie, say);
      say("In a terminal the demo would now wait, and end with this link to the console:");
      process.stdout.write(`${link}\n`);
      return;
    }
    say("The console of these banks, for the first browser that opens this link. Ctrl-C ends the demo.");
    process.stdout.write(`${link}\n`);
    await untilStopped(server);
  } finally {
    server.kill("SIGINT");
    if (server.exitCode === null) await once(server, "exit");
  }
}

/** The link works once, as in a browser; what it gives is a cookie. */
async function enter(link: string): Promise<string> {
  const entered = await fetch(link, { redirect: "manual" });
  return (entered.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

async function handOver(link: string, cookie: string): Promise<void> {
  const text =
    "Aptoide answered: they take T-2026-118 down today. Google asked for a captcha, so its shop is not searched.";
  const headers = { cookie, "content-type": "application/json", "idempotency-key": "demo" };
  const { brands } = (await (await fetch(new URL("/api/brands", link), { headers: { cookie } })).json()) as {
    brands: { id: string }[];
  };
  const body = JSON.stringify({ text, brands: brands.map(({ id }) => id) });
  const written = await fetch(new URL("/api/handovers", link), { method: "POST", headers, body });
  if (!written.ok) throw new Error(`the hand-over was answered with ${written.status}: ${await written.text()}`);
}

interface Listed {
  findings: { id: string; assessment: { verdict: string; score: number }; listing: { name: string; source: string } }[];
}

async function tellQueue(link: string, cookie: string, say: (text: string) => void): Promise<void> {
  const ask = async (path: string) => (await fetch(new URL(path, link), { headers: { cookie } })).json();
  const { findings } = (await ask("/api/findings?stage=new&verdict=impersonation&limit=3")) as Listed;
  say(
    "knockoff serve: the console, and the same under /api for programs. The shift hands over; the queue begins with:",
  );
  for (const { id, assessment, listing } of findings)
    process.stdout.write(
      `${assessment.score.toFixed(2)} ${assessment.verdict}  ${id}  ${listing.source}  ${listing.name}\n`,
    );
  const { campaigns } = (await ask("/api/campaigns")) as Outlines;
  for (const { id, size, ties } of campaigns.slice(0, 2))
    process.stdout.write(
      `campaign ${id}: ${size} findings, ${ties.map((tie) => `${tie.size} share one ${tie.kind}`).join(", ")}\n`,
    );
}

interface Outlines {
  campaigns: { id: string; size: number; ties: { kind: string; size: number }[] }[];
}

async function untilStopped(server: ChildProcess): Promise<void> {
  process.once("SIGINT", () => server.kill("SIGINT"));
  await once(server, "exit");
}
