import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AT, openSite, type Site, somebody } from "./site.ts";

let site: Site;
let evidence: string;

const OFFICER = somebody("otto", "officer", "northwind");

beforeAll(async () => {
  site = await openSite();
  const page = await site.ports.locker.put(Buffer.from("<script>alert(1)</script>"), {
    kind: "response",
    mediaType: "text/html",
    origin: "javascript:alert(1)",
    at: AT,
  });
  evidence = page.sha256;
});

afterAll(() => site.close());

/** What attackers write into their listings. */
const TEXTS: [string, string][] = [
  ["a script", "<script>alert(document.cookie)</script>"],
  ["the end of a script", "</script><script>alert(1)//"],
  ["an event handler", '"><img src=x onerror=alert(1)>'],
  ["the end of a comment", "--><svg onload=alert(1)>"],
  ["entities", "&lt;b&gt; &amp;#x3C;script&#62; &NotEqualTilde;"],
  ["a script as a link", "javascript:alert(1)"],
  ["markup as a link", "data:text/html,<script>alert(1)</script>"],
  ["bidi controls", "Bank \u202egpj.exe\u202c \u2066hidden\u2069 \u200f"],
  ["what has no width", "N\u200bo\u200cr\u200dt\ufeffhwind"],
  ["control characters", "bell \u0007 escape \u001b[31m null \u0000 end"],
  ["line separators", "one\u2028two\u2029three\r\nfour"],
  ["half a character", "half \ud83d of one"],
  ["a prototype", '{"__proto__":{"polluted":true}}'],
  ["a template", "{{7*7}} <%= 7*7 %> #{7*7}"],
  ["a formula", '=HYPERLINK("http://evil.example","ok")'],
  ["a header", "x\r\nset-cookie: a=b\r\n\r\n<html>"],
  ["a hundred kilobytes", "北".repeat(33_334)],
];

describe.each(TEXTS)("%s in a listing", (_, text) => {
  it("comes out as it went in, as JSON and as nothing else", async () => {
    const short = text.slice(0, 2_000);
    const maker = { name: text, key: `maker ${short.length}`, website: short, email: short };
    const listed = { name: text, description: text, url: short, iconUrl: short, version: short, developer: maker };
    const finding = await site.finding("northwind", listed);
    await site.finding("northwind", { developer: maker });
    const seen = { at: AT, by: "scan", kind: "seen" as const, listing: finding.listing, evidence: [evidence] };
    await site.ports.ledger.append(finding.id, "northwind", 1, [seen], []);
    const noted = await site.act(OFFICER, finding, { kind: "noted", text: short }, { "if-match": "*" });
    expect(noted.status).toBe(200);

    const whole = await get(`/findings/${finding.id}`);
    expect((whole.finding as { listing: object }).listing).toMatchObject(listed);
    expect(whole.history).toMatchObject([{}, {}, { events: [{ kind: "noted", text: short }] }]);
    const { description: _, ...row } = listed;
    const { findings } = await get("/findings");
    expect(findings).toContainEqual(expect.objectContaining({ id: finding.id, listing: expect.objectContaining(row) }));
    for (const path of ["related", "campaign", "evidence"]) await get(`/findings/${finding.id}/${path}`);
    for (const path of ["/campaigns", `/campaigns/${finding.id}`, "/brands", "/sources", "/me"]) await get(path);
  });

  it("in what a person writes or asks for comes back as JSON only", async () => {
    const short = text.slice(0, 150);
    const finding = await site.finding("northwind");
    const anyone = { "if-match": "*" };
    const events = [
      { kind: "assigned", to: short },
      { kind: "decided", disposition: "impersonation", reason: short },
      { kind: "attempted", recipient: short, channel: "form", state: "sent", reference: short, note: short },
      { kind: short },
      { kind: "noted", text: "x", [short]: short },
    ];
    for (const event of events) expectJson(await site.act(OFFICER, finding, event, anyone));
    const asked = encodeURIComponent(short.toWellFormed());
    const places = ["/findings?assignee=", "/findings?stage=", "/findings?cursor=", "/findings/", "/brands/"];
    for (const place of places) expectJson(await site.ask(OFFICER, `${place}${asked}`));
  });
});

describe("evidence", () => {
  it("of a page is no page", async () => {
    const finding = await site.finding("northwind");
    const seen = { at: AT, by: "scan", kind: "seen" as const, listing: finding.listing, evidence: [evidence] };
    await site.ports.ledger.append(finding.id, "northwind", 1, [seen], []);
    const { headers } = await site.ask(OFFICER, `/findings/${finding.id}/evidence/${evidence}`);
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toMatch(/^attachment;/);
  });
});

async function get(path: string): Promise<Record<string, unknown>> {
  const answer = await site.ask(OFFICER, path);
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  expectJson(answer);
  return answer.body;
}

function expectJson({ headers, text }: { headers: Headers; text: string }): void {
  expect(headers.get("content-type")).toMatch(/^application\/(problem\+)?json$/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.has("set-cookie")).toBe(false);
  expect(() => JSON.parse(text)).not.toThrow();
}
