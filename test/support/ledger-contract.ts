import { expect, it } from "vitest";
import type { Assessment } from "../../lib/domain/assess/assessment.ts";
import type { CaseEvent } from "../../lib/domain/finding/event.ts";
import { type Finding, findingId, type Stage } from "../../lib/domain/finding/finding.ts";
import {
  type FindingFilter,
  type HistoryBounds,
  type Ledger,
  type Notice,
  olderThan,
} from "../../lib/domain/finding/ledger.ts";
import { plusMs } from "../../lib/kernel/time.ts";
import { assigned, decided, givenCase, snoozed } from "./cases.ts";
import { assessment, listing } from "./samples.ts";

const AT = "2026-11-02T09:00:00.000Z";

function opening(key: string, judged: Assessment = assessment("impersonation", 0.9)): CaseEvent[] {
  const certificates = [{ algorithm: "sha1" as const, hex: "ab".repeat(20) }];
  return [
    { at: AT, by: "scan", kind: "seen", listing: listing({ key, certificates }), evidence: [] },
    { at: AT, by: "scan", kind: "assessed", assessment: judged },
  ];
}

const idOf = (key: string) => findingId("northwind", "aptoide", key);
const at = (minutes: number) => plusMs(AT, minutes * 60_000);

const dismissed = (moment: string) => decided(moment, "unrelated");

const given = (ledger: Ledger, brand: string, key: string, judged: Assessment, ...events: CaseEvent[]) =>
  givenCase(ledger, { brand, key, at: AT, verdict: judged.verdict, score: judged.score }, ...events);

async function listed(ledger: Ledger, filter: FindingFilter, size = 1_000): Promise<Finding[]> {
  const findings: Finding[] = [];
  let cursor: string | undefined;
  do {
    const page = await ledger.list(filter, size, cursor);
    findings.push(...page.findings);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return findings;
}

/** What every ledger promises, whatever it is written on. */
export function ledgerContract(open: () => Promise<Ledger>): void {
  it("gives back what was appended, and its history in order", async () => {
    const ledger = await open();
    const id = idOf("1");
    const first = await ledger.append(id, "northwind", 0, opening("1"), []);
    expect(first).toMatchObject({ ok: true, value: { id, version: 1, stage: "new", liveness: "live" } });
    await ledger.append(id, "northwind", 1, [{ at: AT, by: "scan", kind: "vanished", proof: "by-id" }], []);
    expect(await ledger.read(id)).toMatchObject({ version: 2, liveness: "gone" });
    expect((await ledger.history(id)).map(({ version }) => version)).toEqual([1, 2]);
    expect(await ledger.read(idOf("never"))).toBeUndefined();
  });

  it("lets one of many writers win, and shows the others what it wrote", async () => {
    const ledger = await open();
    const id = idOf("2");
    const all = await Promise.all(Array.from({ length: 8 }, () => ledger.append(id, "northwind", 0, opening("2"), [])));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    for (const lost of all)
      if (!lost.ok) expect(lost.error).toMatchObject({ kind: "conflict", current: { id, version: 1 } });
  });

  it("lists by score, page after page, over equal scores", async () => {
    const ledger = await open();
    const scores = [0.2, 0.9, 0.9, 0.9, 0.5, 0.9, 0.1];
    for (const [at, score] of scores.entries()) {
      await ledger.append(idOf(`p${at}`), "northwind", 0, opening(`p${at}`, assessment("suspicious", score)), []);
    }
    const found: number[] = [];
    const ids = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await ledger.list({ brands: ["northwind"] }, 2, cursor);
      for (const finding of page.findings) {
        found.push(finding.assessment.score);
        ids.add(finding.id);
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual([...scores].sort((a, b) => b - a));
    expect(ids.size).toBe(scores.length);
  });

  it("filters by verdict, score and source", async () => {
    const ledger = await open();
    await ledger.append(idOf("f1"), "northwind", 0, opening("f1", assessment("official", 0.01)), []);
    await ledger.append(idOf("f2"), "northwind", 0, opening("f2", assessment("impersonation", 0.8)), []);
    const keys = async (filter: Parameters<Ledger["list"]>[0]) =>
      (await ledger.list(filter, 10)).findings.map((finding) => finding.listing.key);
    expect(await keys({ verdicts: ["official"] })).toEqual(["f1"]);
    expect(await keys({ minScore: 0.5 })).toEqual(["f2"]);
    expect(await keys({ source: "aptoide" })).toEqual(["f2", "f1"]);
    expect(await keys({ source: "google-play" })).toEqual([]);
  });

  it("filters by several brands, by whose hands it is in, and by what is set aside", async () => {
    const ledger = await open();
    await given(ledger, "northwind", "b1", assessment("suspicious", 0.9), assigned(at(1), "ana"));
    await given(ledger, "tern", "b2", assessment("suspicious", 0.8), assigned(at(1), "ana"), dismissed(at(2)));
    await given(ledger, "gull", "b3", assessment("suspicious", 0.7), assigned(at(1), "ben"), snoozed(at(1), at(90)));
    await given(ledger, "gull", "b4", assessment("copy", 0.6), assigned(at(1), "ana"), assigned(at(2), undefined));
    const keys = async (filter: FindingFilter) => (await listed(ledger, filter, 1)).map(({ listing: { key } }) => key);
    expect(await keys({})).toEqual(["b1", "b2", "b3", "b4"]);
    expect(await keys({ brands: ["gull", "northwind", "gull", "none"] })).toEqual(["b1", "b3", "b4"]);
    expect(await keys({ brands: [] })).toEqual([]);
    expect(await keys({ assignee: "ana" })).toEqual(["b1", "b2"]);
    expect(await keys({ assignee: "ana", brands: ["tern"], stages: ["closed"] })).toEqual(["b2"]);
    expect(await keys({ assignee: "ana", changedSince: at(2) })).toEqual(["b2"]);
    expect(await keys({ assignee: "ben", awakeAt: at(89) })).toEqual([]);
    expect(await keys({ awakeAt: at(89) })).toEqual(["b1", "b2", "b4"]);
    expect(await keys({ awakeAt: at(90) })).toEqual(["b1", "b2", "b3", "b4"]);
    expect(await keys({ verdicts: [] })).toEqual([]);
  });

  it("goes on with a list a moment later, though what sleeps may have woken meanwhile", async () => {
    const ledger = await open();
    for (const [n, score] of [0.9, 0.8, 0.7].entries())
      await given(ledger, "northwind", `w${n}`, assessment("suspicious", score));
    const { cursor } = await ledger.list({ awakeAt: at(1) }, 1);
    const rest = await ledger.list({ awakeAt: at(2) }, 5, cursor);
    expect(rest.findings.map(({ listing: { key } }) => key)).toEqual(["w1", "w2"]);
    await expect(ledger.list({ awakeAt: at(1), minScore: 0.5 }, 5, cursor)).rejects.toThrow(/cursor/);
    await expect(ledger.list({}, 5, cursor)).rejects.toThrow(/cursor/);
  });

  it("finds the few among the many, and the neighbours of each, as the whole list shows them", async () => {
    const ledger = await open();
    const all: Finding[] = [];
    for (let n = 0; n < 60; n += 1) {
      const brand = n % 3 === 0 ? "northwind" : "tern";
      const judged = assessment(n % 10 === 7 ? "copy" : "suspicious", [0.9, 0.5, 0.5, 0.2][n % 4]);
      const events = n % 5 === 0 ? [dismissed(at(1))] : n % 7 === 0 ? [assigned(at(1), "ana")] : [];
      all.push(await given(ledger, brand, `m${n}`, judged, ...events));
    }
    const stages: Stage[] = ["new", "triaging"];
    const filters: FindingFilter[] = [
      {},
      { verdicts: ["copy"] },
      { verdicts: [] },
      { stages, verdicts: ["suspicious"], minScore: 0.5 },
      { brands: ["northwind"], stages: ["closed"] },
      { assignee: "ana" },
      { changedSince: at(1), liveness: ["live"] },
    ];
    const inOrder = (a: Finding, b: Finding) => b.assessment.score - a.assessment.score || (a.id < b.id ? 1 : -1);
    for (const filter of filters) {
      const shown = all.sort(inOrder).filter((finding) => matches(finding, filter));
      const whole = await listed(ledger, filter, 3);
      expect(whole.map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
      for (const [n, finding] of all.entries()) {
        if (n % 4 !== 0 && n !== 59) continue;
        const previous = shown.filter((other) => inOrder(other, finding) < 0 && other.id !== finding.id).at(-1)?.id;
        const next = shown.find((other) => inOrder(other, finding) > 0 && other.id !== finding.id)?.id;
        expect(await ledger.neighbour(filter, finding, "previous")).toBe(previous);
        expect(await ledger.neighbour(filter, finding, "next")).toBe(next);
      }
    }
  });

  it("tells what changed lately, the latest first and each once, of the brands that are asked for", async () => {
    const ledger = await open();
    await given(ledger, "northwind", "r1", assessment("suspicious"), assigned(at(10), "ana"), assigned(at(50), "ben"));
    await given(ledger, "northwind", "r2", assessment("suspicious"), dismissed(at(40)));
    await given(ledger, "tern", "r3", assessment("suspicious"), assigned(at(45), "ana"));
    await given(ledger, "northwind", "r4", assessment("suspicious"), assigned(at(5), "ana"));
    const keys = async (brands: string[], since: string, limit: number) =>
      (await ledger.recent(brands, since, limit)).map(({ listing: { key } }) => key);
    expect(await keys(["northwind", "tern", "tern"], at(10), 10)).toEqual(["r1", "r3", "r2"]);
    expect(await keys(["northwind", "tern"], at(0), 2)).toEqual(["r1", "r3"]);
    expect(await keys(["northwind"], at(40), 10)).toEqual(["r1", "r2"]);
    expect(await keys([], at(0), 10)).toEqual([]);
    expect(await keys(["northwind"], at(51), 10)).toEqual([]);
  });

  it("knows what is open in somebody's hands, and in whose hands it is no more", async () => {
    const ledger = await open();
    const name = `ana ${"x".repeat(3_000)}`;
    const judged = assessment("suspicious");
    await given(ledger, "northwind", "h1", judged, assigned(at(1), name));
    await given(ledger, "tern", "h2", judged, assigned(at(1), name), dismissed(at(2)));
    await given(ledger, "tern", "h3", judged, assigned(at(1), name), assigned(at(2), "ben"));
    await given(
      ledger,
      "tern",
      "h4",
      judged,
      assigned(at(1), "ben"),
      assigned(at(2), undefined),
      assigned(at(3), name),
    );
    const back: CaseEvent = { at: at(3), by: "scan", kind: "reopened", reason: "changed" };
    await given(ledger, "tern", "h5", judged, assigned(at(1), name), dismissed(at(2)), back);
    const keys = async (person: string) => (await ledger.ofAssignee(person)).map(({ listing: { key } }) => key).sort();
    expect(await keys(name)).toEqual(["h1", "h4", "h5"]);
    expect(await keys("ben")).toEqual(["h3"]);
    expect(await keys("nobody")).toEqual([]);
  });

  it("gives all findings of a source, of every brand and only as they stand now", async () => {
    const ledger = await open();
    const elsewhere = listing({ source: "google-play", key: "e" });
    const seen = { at: AT, by: "scan", kind: "seen" as const, listing: elsewhere, evidence: [] };
    const judged = { at: AT, by: "scan", kind: "assessed" as const, assessment: assessment("copy") };
    await ledger.append(findingId("northwind", "google-play", "e"), "northwind", 0, [seen, judged], []);
    const ids: string[] = [];
    for (let n = 0; n < 130; n += 1) {
      const brand = n % 2 === 0 ? "northwind" : "tern";
      const id = findingId(brand, "aptoide", `s${n}`);
      await ledger.append(id, brand, 0, opening(`s${n}`), []);
      ids.push(id);
    }
    await ledger.append(ids[0] ?? "", "northwind", 1, [{ at: AT, by: "scan", kind: "vanished", proof: "by-id" }], []);
    const found = await ledger.ofSource("aptoide");
    expect(found.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(found.find(({ id }) => id === ids[0])).toMatchObject({ version: 2, liveness: "gone" });
    expect((await ledger.ofSource("google-play")).map(({ assessment: { verdict } }) => verdict)).toEqual(["copy"]);
    expect(await ledger.ofSource("fdroid")).toEqual([]);
  });

  it("ties findings together by what they share", async () => {
    const ledger = await open();
    await ledger.append(idOf("a"), "northwind", 0, opening("a"), []);
    await ledger.append(idOf("b"), "northwind", 0, opening("b"), []);
    const tied = await ledger.byPivot("certificate", `sha1:${"ab".repeat(20)}`);
    expect(new Set(tied)).toEqual(new Set([idOf("a"), idOf("b")]));
  });

  it("keeps a notice until it is settled, and settles it once", async () => {
    const ledger = await open();
    const id = idOf("n");
    const notices: Notice[] = ["n-1", "n-2"].map((notice) => ({
      id: notice,
      kind: "finding.new",
      finding: id,
      at: AT,
    }));
    await ledger.append(id, "northwind", 0, opening("n"), notices);
    const [first, second] = await ledger.pendingNotices(10);
    if (first === undefined || second === undefined) throw new Error("two notices were expected");
    await ledger.settleNotice(first);
    await ledger.settleNotice(first);
    expect(await ledger.pendingNotices(10)).toEqual([second]);
    await ledger.settleNotice(second);
    expect(await ledger.pendingNotices(10)).toEqual([]);
  });

  it("refuses a commit that no item can hold, and keeps the case as it was", async () => {
    const ledger = await open();
    const id = idOf("big");
    const huge: CaseEvent = {
      at: AT,
      by: "scan",
      kind: "seen",
      listing: listing({ description: "x".repeat(500_000) }),
      evidence: [],
    };
    expect(await ledger.append(id, "northwind", 0, [huge], [])).toMatchObject({ error: { kind: "too-large" } });
    expect(await ledger.read(id)).toBeUndefined();
  });

  it("refuses what would leave less room in a case than it must, and takes it from those who need not leave any", async () => {
    const ledger = await open();
    const id = idOf("nearly");
    const seen: CaseEvent = {
      ...opening("nearly")[0],
      listing: listing({ description: "x".repeat(390_000) }),
    } as CaseEvent;
    await ledger.append(id, "northwind", 0, [seen, opening("nearly")[1] as CaseEvent], []);
    const noted: CaseEvent = { at: AT, by: "ana", kind: "noted", text: "a word" };
    const refused = await ledger.append(id, "northwind", 1, [noted], [], 32_768);
    expect(refused).toMatchObject({ error: { kind: "too-large", bytes: expect.any(Number) } });
    expect(await ledger.append(id, "northwind", 1, [noted], [])).toMatchObject({ value: { version: 2 } });
  });

  it("reads the end of a history, bounded by commits or by bytes, and knows how many come before", async () => {
    const ledger = await open();
    const id = idOf("long");
    await ledger.append(id, "northwind", 0, opening("long"), []);
    for (let n = 1; n < 120; n += 1) {
      await ledger.append(id, "northwind", n, [{ at: AT, by: "ana", kind: "noted", text: "x".repeat(1_000) }], []);
    }
    const versions = async (most?: HistoryBounds) => (await ledger.history(id, most)).map(({ version }) => version);
    expect(await versions({ commits: 3 })).toEqual([118, 119, 120]);
    expect(await versions({ commits: 70 })).toEqual(Array.from({ length: 70 }, (_, n) => 51 + n));
    expect(await versions({ bytes: 1 })).toEqual([120]);
    const within = await ledger.history(id, { bytes: 20_000 });
    expect(within.at(-1)?.version).toBe(120);
    expect(within.length).toBeGreaterThan(10);
    expect(within.length).toBeLessThan(20);
    expect(olderThan(within)).toBe(120 - within.length);
    expect(await versions({ commits: 500 })).toEqual(await versions());
    expect(olderThan(await ledger.history(id))).toBe(0);
  });
}

function matches(finding: Finding, filter: FindingFilter): boolean {
  const among = <T>(values: T[] | undefined, value: T) => values === undefined || values.includes(value);
  return (
    among(filter.brands, finding.brand) &&
    among(filter.stages, finding.stage) &&
    among(filter.verdicts, finding.assessment.verdict) &&
    among(filter.liveness, finding.liveness) &&
    finding.assessment.score >= (filter.minScore ?? 0) &&
    finding.changedAt >= (filter.changedSince ?? "") &&
    (filter.assignee === undefined || finding.assignee === filter.assignee)
  );
}
