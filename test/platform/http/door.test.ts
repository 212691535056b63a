import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createDoor, type Door, honestUserAgent } from "../../../lib/platform/http/door.ts";
import type { HttpRequest } from "../../../lib/sources/source.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const ABOUT = { id: "store", pace: { perMinute: 60_000, parallel: 4 } };
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A door whose waits are noted instead of waited for. */
function doorTo(url: string, more: Partial<Parameters<typeof createDoor>[0]> = {}): { door: Door; waits: number[] } {
  const waits: number[] = [];
  const door = createDoor({
    userAgent: honestUserAgent("1.2.3", "mailto:soc@bank.example"),
    allow: [new URL(url).host],
    random: () => 0,
    sleep: async (ms) => {
      if (ms > 0) waits.push(ms);
    },
    ...more,
  });
  closing.push(() => door.close());
  return { door, waits };
}

async function ask(handler: Handler, request: Partial<HttpRequest> = {}, more = {}) {
  const url = await serve(handler);
  const { door, waits } = doorTo(url, more);
  const answer = await door.forSource(ABOUT).fetch({ url: `${url}/page`, ...request });
  return { answer, waits, url };
}

const status =
  (code: number, body = "x", headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(code, headers).end(body);

describe("the door", () => {
  it("says who asks and how to reach them", async () => {
    let agent: string | undefined;
    await ask((request, response) => {
      agent = request.headers["user-agent"];
      response.end("ok");
    });
    expect(agent).toBe("Knockoff/1.2.3 (+mailto:soc@bank.example)");
  });

  it.each<[number, string, Record<string, string>, string]>([
    [429, "slow down", {}, "throttled"],
    [503, "busy", {}, "throttled"],
    [403, "", {}, "throttled"],
    [403, "rate limit exceeded", { "x-ratelimit-remaining": "0" }, "throttled"],
    [403, "no", {}, "refused"],
    [401, "no", {}, "refused"],
    [500, "oops", {}, "unreachable"],
  ])("calls %i with %j %s", async (code, body, headers, kind) => {
    const { answer } = await ask(status(code, body, headers));
    expect(answer).toMatchObject({ ok: false, error: { kind, status: code } });
  });

  it("hands other statuses to the source", async () => {
    expect((await ask(status(404, "gone"))).answer).toMatchObject({ ok: true, value: { status: 404 } });
  });

  it("waits as long as the store asks, and asks again", async () => {
    let asked = 0;
    const { answer, waits } = await ask((_, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { "retry-after": "7" }).end();
      else response.end("now");
    });
    expect(answer).toMatchObject({ ok: true, value: { status: 200 } });
    expect(Math.max(...waits)).toBe(7_000);
  });

  it("leaves a long Retry-After to the caller's plan", async () => {
    const { answer, waits } = await ask(status(429, "", { "retry-after": "3600" }));
    expect(answer).toMatchObject({ ok: false, error: { kind: "throttled", retryAfterMs: 3_600_000 } });
    expect(waits).toEqual([]);
  });

  it("does not follow a redirect into the machine's own network", async () => {
    const { answer } = await ask(status(302, "", { location: "http://169.254.169.254/latest/" }));
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: "refused", detail: expect.stringContaining("169.254.169.254") },
    });
  });

  it("refuses names that lead to this machine, before anything is sent", async () => {
    let reached = 0;
    const url = await serve((_, response) => {
      reached += 1;
      response.end();
    });
    const { door } = doorTo("http://elsewhere.example", { resolve: async () => [{ address: "127.0.0.1", family: 4 }] });
    const answer = await door.forSource(ABOUT).fetch({ url: `http://rebind.example:${new URL(url).port}/` });
    expect(answer).toMatchObject({ ok: false, error: { kind: "refused" } });
    expect(reached).toBe(0);
  });

  it("ends redirects in a circle", async () => {
    const { answer } = await ask((request, response) => {
      response.writeHead(302, { location: request.url === "/a" ? "/b" : "/a" }).end();
    });
    expect(answer).toMatchObject({ ok: false, error: { detail: expect.stringContaining("circle") } });
  });

  it("tells another origin no secrets and posts it no forms", async () => {
    const seen: IncomingMessage[] = [];
    const other = await serve((request, response) => {
      seen.push(request);
      response.end("there");
    });
    const url = await serve((_, response) => void response.writeHead(307, { location: `${other}/there` }).end());
    const { door } = doorTo(url, { allow: [new URL(url).host, new URL(other).host] });
    const http = door.forSource(ABOUT);
    await http.fetch({ url, headers: { authorization: "Bearer secret" } });
    expect(seen[0]?.headers.authorization).toBeUndefined();
    const posted = await http.fetch({ url, method: "POST", body: "key=secret" });
    expect(posted).toMatchObject({ ok: false, error: { kind: "refused" } });
    expect(seen).toHaveLength(1);
  });

  it("cuts a body that unfolds without end", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const { answer } = await ask((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    expect(answer).toMatchObject({
      ok: false,
      error: { kind: "unreachable", detail: expect.stringContaining("larger than") },
    });
  });

  it("ends a body that drips, and one that is cut short", async () => {
    const drip: Handler = (_, response) => {
      const timer = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(timer));
    };
    expect((await ask(drip, {}, { deadlineMs: 150 })).answer).toMatchObject({
      ok: false,
      error: { kind: "unreachable" },
    });
    const cut: Handler = (_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("half");
      setTimeout(() => response.destroy(), 10);
    };
    expect((await ask(cut)).answer).toMatchObject({
      ok: false,
      error: { detail: expect.stringContaining("cut short") },
    });
  });

  it("takes a captcha with status 200 for what it is", async () => {
    const page =
      '<html><title>Sorry...</title><form id="captcha-form" action="/sorry/index"><div class="g-recaptcha"></div></form></html>';
    const { answer } = await ask(status(200, page, { "content-type": "text/html" }));
    expect(answer).toMatchObject({ ok: false, error: { kind: "refused" } });
  });

  it("asks one store no more at once than its pace allows", async () => {
    let now = 0;
    let most = 0;
    const url = await serve((_, response) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        response.end();
      }, 15);
    });
    const { door } = doorTo(url);
    const http = door.forSource({ id: "polite", pace: { perMinute: 60_000, parallel: 2 } });
    await Promise.all(Array.from({ length: 10 }, (_, at) => http.fetch({ url: `${url}/${at}` })));
    expect(most).toBe(2);
  });

  it("stops when its caller does", async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    const { door } = doorTo(url);
    const answer = await door.forSource(ABOUT, { signal: stop.signal }).fetch({ url });
    expect(answer).toMatchObject({ ok: false, error: { kind: "unreachable", detail: "stopped" } });
  });
});
