import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Gate } from "../../../lib/entry/access/gate.ts";
import { createSite } from "../../../lib/entry/site/site.ts";
import { openSite, type Site, somebody } from "../api/site.ts";

let house: Site;
const logged: Error[] = [];

beforeAll(async () => {
  house = await openSite();
});
afterAll(() => house.close());

const gate: Gate = {
  signOut: "/sign-out",
  mount: () => {},
  personOf: async () => somebody("ana", "analyst", "northwind"),
};

/** A site whose ledger breaks with a text that nobody but the log may see. */
function brokenSite() {
  const ledger = { ...house.ports.ledger, read: () => Promise.reject(new Error("secret of tern")) };
  return createSite({ ...house.ports, ledger }, gate, { log: (error) => logged.push(error) });
}

describe("an error that nobody foresaw", () => {
  it("is a problem to programs and a page to people, says nothing of itself, and is logged", async () => {
    const site = brokenSite();
    const api = await site.request("/api/findings/f-abcdefgh");
    expect(api.status).toBe(500);
    expect(api.headers.get("content-type")).toBe("application/problem+json");
    expect(await api.json()).toMatchObject({ status: 500, code: "unforeseen" });
    for (const [language, title] of [
      ["en", "Something went wrong here"],
      ["zh", "发生意外错误"],
    ] as const) {
      const page = await site.request("/findings/f-abcdefgh", { headers: { "accept-language": language } });
      expect(page.status).toBe(500);
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      const text = await page.text();
      expect(text).toContain(`<h1>${title}</h1>`);
      expect(text).not.toContain("secret");
    }
    expect(logged.map(({ message }) => message)).toEqual(Array(3).fill("secret of tern"));
  });

  it("of a bulk decision is one too, not bare text", async () => {
    const body = JSON.stringify({ ids: [{ id: "f-abcdefgh" }], disposition: "unrelated", reason: "none" });
    const headers = { "content-type": "application/json", "idempotency-key": "k-1" };
    const answer = await brokenSite().request("/api/decisions", { method: "POST", body, headers });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ code: "unforeseen" });
  });

  it("is none where the host refuses a request for what it is", async () => {
    const before = logged.length;
    const foreign = { origin: "https://evil.example", "content-type": "application/x-www-form-urlencoded" };
    const answer = await brokenSite().request("/findings/f-abcdefgh/decide", { method: "POST", headers: foreign });
    expect(answer.status).toBe(403);
    expect(logged).toHaveLength(before);
  });
});
