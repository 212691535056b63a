import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Coverage } from "../../../lib/domain/finding/coverage.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import { type BriefingReader, brief } from "../../../lib/workflows/desk/briefing.ts";
import type { DeskPorts } from "../../../lib/workflows/desk/reader.ts";
import { assigned, attempted, decided, givenCase, snoozed } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const START = "2026-11-02T09:00:00.000Z";
const day = (n: number) => plusMs(START, n * 86_400_000);

let store: Scratch;
beforeEach(async () => {
  store = await openScratch();
});
afterEach(() => store.close());

const ports = (now: string): DeskPorts => ({ ...store, clock: () => now });
const who = (over: Partial<BriefingReader> = {}): BriefingReader => ({
  name: "ana",
  brands: ["northwind"],
  known: ["northwind", "tern"],
  mayAuthorise: () => false,
  ...over,
});
const keys = (findings: readonly { listing: { key: string } }[]) => findings.map(({ listing: { key } }) => key);
const keysOf = (of: readonly { finding: { listing: { key: string } } }[]) => keys(of.map(({ finding }) => finding));
const given = (key: string, ...events: Parameters<typeof givenCase>[2][]) =>
  givenCase(store.ledger, { key, at: START }, ...events);

const coverage = (source: string, over: Partial<Coverage> = {}): Coverage => ({
  source,
  outcome: "complete",
  planned: 4,
  done: 4,
  listings: 9,
  dropped: 0,
  truncated: 0,
  canary: "found",
  failures: [],
  overBudget: 0,
  blind: [],
  ...over,
});

async function scanned(scan: string, brands: string[], ...parts: Coverage[]): Promise<void> {
  await store.book.putScan({ scan, startedAt: START, brands, sources: parts.map(({ source }) => source) });
  for (const part of parts) await store.book.putPart(scan, part);
}

describe("what somebody sees first", () => {
  it("on the first day is little, and says so without a past", async () => {
    await given("new");
    const first = await brief(ports(day(1)), who());
    expect(first).toEqual({
      since: undefined,
      changed: [],
      mine: [],
      asleep: [],
      approvals: [],
      overdue: [],
      scan: undefined,
      gaps: [],
      handover: undefined,
      standing: { undecided: 1, overdue: 0, approvals: 0, notSearched: [], many: false },
      many: false,
    });
  });

  it("is what others did since the last visit to what matters, the latest first", async () => {
    await brief(ports(day(1)), who());
    await given("old");
    const later = (key: string, n: number, ...events: Parameters<typeof given>[1][]) =>
      givenCase(store.ledger, { key, at: day(n) }, ...events);
    await later("alert", 2);
    await later("by-ana", 2, decided(day(2.5), "impersonation", "ana"));
    await later("by-ben", 2, decided(day(3), "unrelated", "ben"));
    await givenCase(store.ledger, { key: "harmless", at: day(2), verdict: "unrelated" });
    await givenCase(
      store.ledger,
      { key: "back", at: START, verdict: "suspicious" },
      { at: day(2), by: "scan", kind: "vanished", proof: "by-id" },
      { at: day(4), by: "scan", kind: "reappeared" },
    );
    await givenCase(store.ledger, { key: "theirs", at: day(2), brand: "tern" });
    const now = await brief(ports(day(5)), who());
    expect(now.since).toBe(day(1));
    expect(keys(now.changed)).toEqual(["back", "by-ben", "alert"]);
    const all = await brief(ports(day(5)), who({ name: "olga", brands: undefined }));
    expect(all).toMatchObject({ since: undefined, changed: [] });
    const again = await brief(ports(day(6)), who({ name: "olga", brands: undefined }));
    expect(again).toMatchObject({ since: day(5), changed: [] });
    await later("last", 6);
    expect(keys((await brief(ports(day(7)), who({ name: "olga", brands: undefined }))).changed)).toEqual(["last"]);
  });

  it("stays new after a look that was no visit", async () => {
    await brief(ports(day(1)), who());
    await givenCase(store.ledger, { key: "alert", at: day(2) });
    const looked = await brief(ports(day(3)), who(), false);
    expect([looked.since, keys(looked.changed)]).toEqual([day(1), ["alert"]]);
    const came = await brief(ports(day(4)), who());
    expect([came.since, keys(came.changed)]).toEqual([day(1), ["alert"]]);
    const again = await brief(ports(day(5)), who());
    expect([again.since, keys(again.changed)]).toEqual([day(4), []]);
  });

  it("is what is in their hands, awake and asleep, and nothing of a brand they may no longer read", async () => {
    await given("mine", assigned(START, "ana"));
    await given("sleeps", assigned(START, "ana"), snoozed(START, day(9)));
    await given("sleeps-less", assigned(START, "ana"), snoozed(START, day(8)));
    await given("woke", assigned(START, "ana"), snoozed(START, day(1)));
    await given("done", assigned(START, "ana"), decided(day(1), "unrelated"));
    await given("ben's", assigned(START, "ben"));
    await givenCase(store.ledger, { key: "taken-away", at: START, brand: "tern" }, assigned(START, "ana"));
    const { mine, asleep } = await brief(ports(day(2)), who());
    expect(keys(mine).sort()).toEqual(["mine", "woke"]);
    expect(keys(asleep)).toEqual(["sleeps-less", "sleeps"]);
    expect(keys((await brief(ports(day(2)), who({ brands: undefined }))).mine)).toContain("taken-away");
  });

  it("is what waits for their approval, and is overdue", async () => {
    const confirmed = decided(START, "impersonation");
    await given("to-approve", confirmed, attempted(day(1), "drafted", "ben"));
    await given("own-draft", confirmed, attempted(day(1), "drafted", "ana"));
    await given("sent", confirmed, attempted(day(1), "drafted", "ben"), attempted(day(2), "sent", "olga"));
    await given("set-aside", confirmed, attempted(day(1), "drafted", "ben"), snoozed(day(1), day(40)));
    await given("undecided");
    await givenCase(
      store.ledger,
      { key: "theirs", at: START, brand: "tern" },
      confirmed,
      attempted(day(1), "drafted", "ben"),
    );
    const officer = await brief(ports(day(20)), who({ mayAuthorise: (brand) => brand === "northwind" }));
    expect(officer.approvals.map(({ finding, attempt }) => [finding.listing.key, attempt.preparer])).toEqual([
      ["to-approve", "ben"],
    ]);
    expect(officer.overdue.map(({ finding, why, since }) => [finding.listing.key, why, since])).toEqual([
      ["undecided", "undecided", START],
      ["sent", "unanswered", day(2)],
    ]);
    expect(officer.standing).toMatchObject({ undecided: 1, overdue: 2, approvals: 2, many: false });
    const analyst = await brief(ports(day(20)), who());
    expect(analyst.approvals).toEqual([]);
    expect(keysOf(analyst.overdue)).toEqual(["undecided", "sent"]);
    const all = await brief(ports(day(20)), who({ brands: undefined, mayAuthorise: (brand) => brand === "tern" }));
    expect(keysOf(all.approvals)).toEqual(["theirs"]);
  });

  it("is what the last scan of their brands did not search, and no word of other brands", async () => {
    await scanned(
      "2026-11-01",
      ["northwind", "tern"],
      coverage("aptoide"),
      coverage("fdroid", { outcome: "failed", done: 0, blind: ["northwind", "tern"] }),
      coverage("google-play", { outcome: "partial", blind: ["tern"] }),
      coverage("app-store", { outcome: "unsupported", planned: 0, done: 0 }),
    );
    await scanned("2026-11-02", ["tern"], coverage("aptoide", { outcome: "partial", done: 2 }));
    const own = await brief(ports(day(1)), who());
    expect(own.scan).toMatchObject({ scan: "2026-11-01", brands: ["northwind"] });
    expect(own.gaps.map(({ source, blind }) => [source, blind])).toEqual([
      ["app-store", []],
      ["fdroid", ["northwind"]],
    ]);
    expect(own.standing.notSearched).toEqual(["app-store", "fdroid"]);
    expect(JSON.stringify(own)).not.toContain("tern");
    const all = await brief(ports(day(1)), who({ brands: undefined }));
    expect(all.scan).toMatchObject({ scan: "2026-11-02", brands: ["tern"] });
    expect(await brief(ports(day(1)), who({ brands: ["gull"] }))).toMatchObject({ scan: undefined, gaps: [] });
  });

  it("is the latest note that they may read and nobody has taken over", async () => {
    const standing = { undecided: 0, overdue: 0, approvals: 0, notSearched: [], many: false };
    const note = (id: string, n: number, brands: string[]) =>
      store.desk.addHandover({ id, at: day(n), by: "ben", text: id, brands, standing });
    await note("h-old", 1, ["northwind"]);
    await note("h-signed", 2, ["northwind"]);
    await note("h-theirs", 3, ["northwind", "tern"]);
    await store.desk.signOff("h-signed", "cleo", day(2));
    expect((await brief(ports(day(4)), who())).handover?.id).toBe("h-old");
    expect((await brief(ports(day(4)), who({ brands: undefined }))).handover?.id).toBe("h-theirs");
    expect((await brief(ports(day(4)), who({ brands: ["gull"] }))).handover).toBeUndefined();
  });

  it("says where there is more than is shown", { timeout: 60_000 }, async () => {
    await brief(ports(START), who());
    await Promise.all(
      Array.from({ length: 22 }, (_, n) =>
        givenCase(store.ledger, { key: `c${n}`, at: day(1) }, assigned(day(1), "ana")),
      ),
    );
    const now = await brief(ports(day(2)), who());
    expect(now.changed).toHaveLength(20);
    expect(now).toMatchObject({ many: true, standing: { undecided: 22, many: false } });
    await Promise.all(
      Array.from({ length: 80 }, (_, n) =>
        givenCase(store.ledger, { key: `d${n}`, at: day(1) }, assigned(day(1), "ana")),
      ),
    );
    const full = await brief(ports(day(3)), who({ name: "ana" }));
    expect(full.mine).toHaveLength(100);
    expect(full.many).toBe(true);
  });
});
