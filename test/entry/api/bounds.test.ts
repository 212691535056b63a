import { describe, expect, it } from "vitest";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import type { Commit, Ledger } from "../../../lib/domain/finding/ledger.ts";
import { firstWithin, latestWithin, listWithin } from "../../../lib/entry/api/bounds.ts";

/** A ledger whose cursor is the number of findings before it. */
function ledgerOf(findings: Finding[]): Ledger {
  const list: Ledger["list"] = async (_, limit, cursor) => {
    const end = Number(cursor ?? 0) + limit;
    return { findings: findings.slice(end - limit, end), cursor: end < findings.length ? String(end) : undefined };
  };
  return { list } as Ledger;
}

const finding = (id: number, size: number) => ({ id: String(id), text: "x".repeat(size) }) as unknown as Finding;
const whole = (one: Finding) => one;

describe("a page of findings", () => {
  const many = Array.from({ length: 57 }, (_, id) => finding(id, 10_000));

  it("is what was asked for where that is small enough", async () => {
    const page = await listWithin(1_000_000, ledgerOf(many), { filter: {}, limit: 20 }, whole);
    expect(page).toMatchObject({ cursor: "20" });
    expect(page.rows).toHaveLength(20);
  });

  it("ends where it would be too large, and goes on from there without a gap", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listWithin(120_000, ledgerOf(many), { filter: {}, limit: 57, cursor }, whole);
      expect(JSON.stringify(page.rows).length).toBeLessThan(120_000);
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(many.map(({ id }) => id));
  });

  it("has something even where a few findings are larger than that", async () => {
    const page = await listWithin(1_000, ledgerOf(many), { filter: {}, limit: 57 }, whole);
    expect(page.rows.length).toBeGreaterThan(0);
  });

  it("counts what is given of each, not what is kept", async () => {
    const page = await listWithin(1_000, ledgerOf(many), { filter: {}, limit: 57 }, ({ id }) => id);
    expect(page.rows).toEqual(many.map(({ id }) => id));
  });
});

describe("a history", () => {
  const commits = Array.from(
    { length: 10 },
    (_, version) => ({ version, events: "e".repeat(1_000) }) as unknown as Commit,
  );

  it.each([
    [1_000_000, 0],
    [5_500, 5],
    [10, 10],
  ])("within %i bytes leaves out its first %i", (most, omitted) => {
    const told = latestWithin(most, commits);
    expect(told.omitted).toBe(omitted);
    expect(told.shown).toEqual(commits.slice(omitted));
  });
});

describe("a list that is whole", () => {
  it.each([
    [10_000, 0],
    [5_500, 5],
    [10, 10],
  ])("within %i bytes leaves out its last %i", (most, omitted) => {
    const values = Array.from({ length: 10 }, (_, place) => `${place}${"v".repeat(997)}`);
    expect(firstWithin(most, values)).toEqual({ shown: values.slice(0, 10 - omitted), omitted });
  });
});
