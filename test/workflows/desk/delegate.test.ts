import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authorityFor } from "../../../lib/entry/access/authority.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import { endLending, type Loan, lend } from "../../../lib/workflows/desk/delegate.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const NOW = "2026-11-02T09:00:00.000Z";
const DAY = 86_400_000;
const day = (n: number) => plusMs(NOW, n * DAY);
let store: Scratch;
beforeAll(async () => {
  store = await openScratch();
});
afterAll(() => store.close());

const ports = (now = NOW) => ({ desk: store.desk, clock: () => now });
const loan = (over: Partial<Loan> = {}): Loan => ({
  from: "olga",
  to: "ana",
  brands: ["northwind"],
  until: day(7),
  reason: "on leave",
  ...over,
});
const admin = { by: "root", mayAdminister: () => true };
const as = (by: string) => ({ by, mayAdminister: () => false });

async function lent(over: Partial<Loan> = {}): Promise<string> {
  const made = await lend(ports(), loan(over));
  if (!made.ok) throw new Error(made.error.kind);
  return made.value.id;
}

describe("lending a right", () => {
  it.each<[string, Partial<Loan>, string]>([
    ["without a reason", { reason: " " }, "no-reason"],
    ["to nobody", { to: " " }, "nobody"],
    ["to oneself", { to: "olga" }, "to-self"],
    ["to oneself with a space", { to: "olga " }, "to-self"],
    ["to oneself in other letters", { to: "ＯＬＧＡ" }, "to-self"],
    ["to the scanner", { to: "Scan" }, "nobody"],
    ["to a name that is not what it seems", { to: "ana\u202e" }, "nobody"],
    ["to a name of no letters", { to: "..." }, "nobody"],
    ["to a name without an end", { to: "a".repeat(201) }, "nobody"],
    ["for no brand", { brands: [] }, "no-brands"],
    ["until now", { until: NOW }, "bad-day"],
    ["until yesterday", { until: day(-1) }, "bad-day"],
    ["for more than ninety days", { until: plusMs(NOW, 90 * DAY + 1) }, "bad-day"],
    ["until no day", { until: "soon" }, "bad-day"],
    ["with a novel for a reason", { reason: "x".repeat(1_001) }, "too-long"],
  ])("%s is refused", async (_, over, kind) => {
    const before = await store.desk.delegations(undefined);
    expect(await lend(ports(), loan(over))).toMatchObject({ ok: false, error: { kind } });
    expect(await store.desk.delegations(undefined)).toEqual(before);
  });

  it("gives the borrower authority for these brands, while it lasts and its lender has it, and for no longer", async () => {
    await lent({ to: "carl", brands: ["tern", "northwind", "tern"], until: day(90) });
    const delegations = await store.desk.delegationsOf("carl");
    expect(delegations[0]).toMatchObject({ from: "olga", to: "carl", brands: ["northwind", "tern"], at: NOW });
    const carl = { name: "carl", rights: { brands: { northwind: "analyst", tern: "viewer" } } } as const;
    const may = (brand: string, now: string) => authorityFor(carl, brand, "authorise", delegations, now);
    expect(may("northwind", day(1))).toEqual({ granted: true, onBehalfOf: "olga" });
    expect(may("northwind", day(30))).toEqual({ granted: true, onBehalfOf: "olga" });
    expect(may("northwind", day(31))).toEqual({ granted: false });
    expect(may("tern", day(1))).toEqual({ granted: false });
    expect(may("gull", day(1))).toEqual({ granted: false });
  });

  it("is for the name in its one form", async () => {
    const id = await lent({ to: " Jose\u0301  Luis " });
    expect(await store.desk.delegation(id)).toMatchObject({ to: "Jos\u00e9 Luis" });
  });

  it("is done twenty times a day at most, also where what was lent is taken back at once", async () => {
    const by = (n: number) => lend(ports(), loan({ from: "busy", reason: `loan ${n}` }));
    for (let n = 0; n < 20; n += 1) {
      const made = await by(n);
      if (n > 0 && made.ok) await endLending(ports(), made.value.id, as("busy"));
    }
    expect(await by(20)).toEqual({ ok: false, error: { kind: "too-many", most: 20 } });
    expect(await lend(ports(), loan({ from: "another" }))).toMatchObject({ ok: true });
    expect(await lend(ports(day(1)), loan({ from: "busy" }))).toMatchObject({ ok: true });
  });

  it("ends when its day comes in whatever zone it was given", async () => {
    const id = await lent({ until: "2026-11-03T01:00:00+08:00" });
    const [made] = (await store.desk.delegations(undefined)).filter((one) => one.id === id);
    expect(made?.until).toBe("2026-11-02T17:00:00.000Z");
  });

  it("is ended by the lender, the borrower or an administrator, and by nobody else", async () => {
    const id = await lent({ brands: ["gull"] });
    expect(await endLending(ports(), id, as("eve"))).toEqual({ ok: false, error: { kind: "not-theirs" } });
    expect(await endLending(ports(), "d-none", admin)).toMatchObject({ error: { kind: "unknown-delegation" } });
    const someBrands = { by: "eve", mayAdminister: (brand: string) => brand !== "gull" };
    expect(await endLending(ports(), id, someBrands)).toMatchObject({ ok: false });
    for (const who of [as("olga"), as("ana"), admin]) {
      const another = await lent({ reason: `for ${who.by}`, until: day(who.by.length) });
      expect(await endLending(ports(day(1)), another, who)).toMatchObject({
        ok: true,
        value: { ended: { by: who.by, at: day(1) } },
      });
    }
  });

  it("stays as it was first ended", async () => {
    const id = await lent({ to: "dora" });
    const ended = await endLending(ports(day(1)), id, as("olga"));
    expect(await endLending(ports(day(2)), id, as("dora"))).toEqual(ended);
  });
});
