import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { markArrival } from "../../../lib/entry/access/session.ts";
import { isOwnVisit } from "../../../lib/entry/access/visit.ts";

const app = new Hono();
app.get("/arrive", (c) => {
  markArrival(c);
  return c.redirect("/");
});
app.get("/", (c) => c.json(isOwnVisit(c), 200, { own: String(isOwnVisit(c)) }));

const own = async (method: string, headers: Record<string, string> = {}) =>
  (await app.request("https://knockoff.bank.example/", { method, headers })).headers.get("own");

describe("a visit", () => {
  it.each([
    ["a page of ours leads there", "same-origin", "true"],
    ["somebody types the address", "none", "true"],
    ["a neighbour of our domain opens it", "same-site", "false"],
    ["another site opens it", "cross-site", "false"],
  ])("where %s", async (_, site, counts) => {
    expect(await own("GET", { "sec-fetch-site": site })).toBe(counts);
    expect(await own("HEAD", { "sec-fetch-site": site })).toBe("false");
  });

  it("is believed of a browser that says nothing, but not of one that asks for the head", async () => {
    expect(await own("GET")).toBe("true");
    expect(await own("HEAD")).toBe("false");
  });

  it("is the way back from the bank's login, once", async () => {
    const arrived = await app.request("https://knockoff.bank.example/arrive");
    const [cookie = ""] = (arrived.headers.get("set-cookie") ?? "").split(";");
    expect(arrived.headers.get("set-cookie")).toMatch(/^__Host-knockoff-arrival=1; Max-Age=30;.*HttpOnly; Secure/);
    const headers = { cookie, "sec-fetch-site": "cross-site" };
    const first = await app.request("https://knockoff.bank.example/", { headers });
    expect([await first.json(), first.headers.get("set-cookie")]).toEqual([true, expect.stringContaining("Max-Age=0")]);
  });
});
