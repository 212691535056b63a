import { expect, it } from "vitest";
import type { Assessment } from "../../lib/domain/assess/assessment.ts";
import type { CaseEvent } from "../../lib/domain/finding/event.ts";
import { findingId } from "../../lib/domain/finding/finding.ts";
import type { Ledger, Notice } from "../../lib/domain/finding/ledger.ts";
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
      const page = await ledger.list({ brand: "northwind" }, 2, cursor);
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
    await expect(ledger.append(id, "northwind", 0, [huge], [])).rejects.toThrow();
    expect(await ledger.read(id)).toBeUndefined();
  });
}
