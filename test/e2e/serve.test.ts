import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ended, openWorld } from "../support/program.ts";

type World = Awaited<ReturnType<typeof openWorld>>;

/** Node's fetch refuses to send another Host: a plain request does not. */
async function statusFor(port: string, host: string): Promise<number | undefined> {
  const { request } = await import("node:http");
  const [answer] = (await once(request({ host: "127.0.0.1", port, headers: { host } }).end(), "response")) as [
    { statusCode?: number; resume(): void },
  ];
  answer.resume();
  return answer.statusCode;
}

describe("knockoff serve", () => {
  let world: World;
  let url: URL;
  let server: ReturnType<World["bench"]["start"]>;
  const cookies: string[] = [];

  beforeAll(async () => {
    world = await openWorld(70_211);
    server = world.bench.start("serve", "--port", "0", "--json", "--by", "mei", "--role", "analyst");
    const [line] = (await once(server.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    url = new URL(JSON.parse(String(line)).url);
  });
  afterAll(async () => {
    server.kill("SIGINT");
    expect((await ended(server)).code).toBe(130);
    await world.close();
  });

  const ask = (path: string, cookie = "") => fetch(new URL(path, url), { headers: { cookie }, redirect: "manual" });

  it("lets in nobody but the first who opens its link", async () => {
    expect((await ask("/")).status).toBe(401);
    expect((await ask("/api/findings")).status).toBe(401);
    expect((await ask("/enter/guessed")).headers.get("set-cookie")).toBeNull();
    const entered = await ask(url.pathname);
    expect(entered.status).toBe(303);
    const cookie = entered.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    cookies.push(cookie.split(";")[0] as string);
    expect((await ask(url.pathname)).headers.get("set-cookie")).toBeNull();
    expect((await ask("/", cookies[0])).status).toBe(200);
  });

  it("runs beside a scan, and shows what it finds", async () => {
    expect((await world.bench.run("scan", "--source", "aptoide")).code).toBe(0);
    const { findings } = (await (await ask("/api/findings?limit=500", cookies[0])).json()) as { findings: unknown[] };
    expect(findings.length).toBeGreaterThan(10);
    expect(await (await ask("/queue", cookies[0])).text()).toContain('tr role="row" data-row');
  });

  it("answers to this machine's names only, so that no page elsewhere can reach it under its own", async () => {
    expect(await statusFor(url.port, `127.0.0.1:${url.port}`)).toBe(401);
    expect(await statusFor(url.port, `evil.example:${url.port}`)).toBe(421);
  });

  it("says what to do when the port is taken", async () => {
    const { code, stderr } = await world.bench.run("serve", "--port", url.port);
    expect(code).toBe(2);
    expect(stderr).toContain("--port 0");
  });

  it("forgets a session that signed out", async () => {
    const out = await fetch(new URL("/sign-out", url), {
      method: "POST",
      headers: { cookie: cookies[0] ?? "", origin: url.origin },
      redirect: "manual",
    });
    expect(out.status).toBe(303);
    expect((await ask("/", cookies[0])).status).toBe(401);
  });
});
