import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import type { TriagePorts } from "../../../lib/workflows/triage/act.ts";
import { assign, note, reopen, snooze, wake } from "../../../lib/workflows/triage/handle.ts";
import { decided, givenCase } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const NOW = "2026-11-02T09:00:00.000Z";
const day = (n: number) => plusMs(NOW, n * 86_400_000);
let store: Scratch;
let count = 0;

beforeAll(async () => {
  store = await openScratch();
});
afterAll(() => store.close());

const ports = (now = NOW): TriagePorts => ({ ledger: store.ledger, clock: () => now });

function opened(...events: Parameters<typeof givenCase>[2][]): Promise<Finding> {
  count += 1;
  return givenCase(store.ledger, { key: `h${count}`, at: day(-1) }, ...events);
}

const lastEvent = async (id: string) => (await store.ledger.history(id)).at(-1)?.events;

/** Every way of handling a case, each as somebody would do it for the first time. */
const WAYS = {
  assign: (id: string, by: string, expectedVersion?: number) => assign(ports(), id, { to: by, by, expectedVersion }),
  note: (id: string, by: string, expectedVersion?: number) =>
    note(ports(), id, { text: `by ${by}`, by, expectedVersion }),
  snooze: (id: string, by: string, expectedVersion?: number) =>
    snooze(ports(), id, { until: day(3), reason: `by ${by}`, by, expectedVersion }),
} as const;

describe.each(Object.entries(WAYS))("to %s", (_, handle) => {
  it("on what one has seen fails when somebody else was first, and says who and when", async () => {
    const { id, version } = await opened();
    const both = await Promise.all(["ana", "ben"].map((by) => handle(id, by, version)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = both[0]?.ok ? "ana" : "ben";
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      error: { kind: "conflict", current: { version: version + 1, changedBy: winner, changedAt: NOW } },
    });
    expect(await handle(id, "cleo", version)).toMatchObject({ ok: false, error: { kind: "conflict" } });
    expect(await handle(id, "cleo", version + 1)).toMatchObject({ ok: true });
  });

  it("what is none says so", async () => {
    expect(await handle("f-none000000", "ana")).toMatchObject({ ok: false, error: { kind: "unknown-finding" } });
  });
});

describe("a case in somebody's hands", () => {
  it("is theirs, then another's, then nobody's, and its first taking begins the triage", async () => {
    const { id } = await opened();
    expect(await assign(ports(), id, { to: "ana", by: "lead" })).toMatchObject({
      value: { assignee: "ana", stage: "triaging", changedBy: "lead" },
    });
    expect(await assign(ports(), id, { to: "ben", by: "ana" })).toMatchObject({ value: { assignee: "ben" } });
    const nobody = await assign(ports(), id, { by: "ben" });
    expect(nobody.ok && nobody.value.assignee).toBeUndefined();
  });

  it("is given twice without a word, also on an old look", async () => {
    const { id, version } = await opened();
    const first = await assign(ports(), id, { to: "ana", by: "lead" });
    const again = await assign(ports(), id, { to: "ana", by: "ben", expectedVersion: version });
    expect(again).toMatchObject({ ok: true, value: { version: first.ok && first.value.version } });
  });

  it("keeps its stage when it was decided", async () => {
    const { id } = await opened(decided(day(-1), "impersonation"));
    expect(await assign(ports(), id, { to: "ana", by: "lead" })).toMatchObject({ value: { stage: "confirmed" } });
  });
});

describe("a note", () => {
  it("stays in the history with its writer, and changes nothing else", async () => {
    const before = await opened();
    const after = await note(ports(), before.id, { text: "seen on a forum", by: "ana" });
    expect(await lastEvent(before.id)).toEqual([{ kind: "noted", text: "seen on a forum", by: "ana", at: NOW }]);
    expect(after).toMatchObject({
      value: { stage: before.stage, assessment: before.assessment, waitsSince: before.waitsSince },
    });
  });

  it("without words is none", async () => {
    const { id, version } = await opened();
    expect(await note(ports(), id, { text: " \n", by: "ana" })).toEqual({ ok: false, error: { kind: "no-text" } });
    expect(await store.ledger.read(id)).toMatchObject({ version });
  });
});

describe("setting a case aside", () => {
  it.each<[string, object, string]>([
    ["for no reason", { reason: " " }, "no-reason"],
    ["until now", { until: NOW }, "bad-day"],
    ["until yesterday", { until: day(-1) }, "bad-day"],
    ["for more than ninety days", { until: plusMs(day(90), 1) }, "bad-day"],
    ["until no day", { until: "next week" }, "bad-day"],
  ])("%s is refused", async (_, over, kind) => {
    const { id, version } = await opened();
    const made = await snooze(ports(), id, { until: day(3), reason: "wait", by: "ana", ...over });
    expect(made).toMatchObject({ ok: false, error: { kind } });
    expect(await store.ledger.read(id)).toMatchObject({ version });
  });

  it("takes it in hand, unless it is in somebody's already", async () => {
    const wait = { until: day(3), reason: "wait", by: "ana" };
    const { id } = await opened();
    expect(await snooze(ports(), id, wait)).toMatchObject({ value: { assignee: "ana", stage: "triaging" } });
    const { id: other } = await opened();
    await assign(ports(), other, { to: "ben", by: "lead" });
    expect(await snooze(ports(), other, wait)).toMatchObject({ value: { assignee: "ben" } });
  });

  it("ends before its day for one who takes it up again", async () => {
    const { id } = await opened();
    await snooze(ports(), id, { until: day(3), reason: "wait", by: "ana" });
    const woken = await wake(ports(), id, { by: "ben" });
    expect(woken.ok && woken.value.snoozed).toBeUndefined();
    expect(await lastEvent(id)).toEqual([{ kind: "woken", by: "ben", at: NOW }]);
    expect(await wake(ports(), id, { by: "ana" })).toMatchObject({ ok: true, value: { changedBy: "ben" } });
  });

  it("is for open cases, and once", async () => {
    const { id } = await opened();
    const wait = { until: day(90), reason: "the store answers in May", by: "ana" };
    const first = await snooze(ports(), id, wait);
    expect(first).toMatchObject({ value: { snoozed: { until: day(90), by: "ana", at: NOW } } });
    expect(await snooze(ports(), id, { ...wait, by: "ben" })).toMatchObject({ value: { snoozed: { by: "ana" } } });
    const closed = await opened(decided(day(-1), "unrelated"));
    expect(await snooze(ports(), closed.id, wait)).toMatchObject({ error: { kind: "not-open" } });
  });
});

describe("opening a case again", () => {
  it("takes a reason and a decision, and keeps the decision to be seen", async () => {
    const { id } = await opened(decided(day(-1), "unrelated"));
    expect(await reopen(ports(), id, { reason: "", by: "ana" })).toMatchObject({ error: { kind: "no-reason" } });
    expect(await reopen(ports(), id, { reason: "a new victim", by: "ben" })).toMatchObject({
      value: { stage: "triaging", disposition: { value: "unrelated", by: "ana" }, waitsSince: NOW, changedBy: "ben" },
    });
    expect(await lastEvent(id)).toMatchObject([{ kind: "reopened", reason: "person", note: "a new victim" }]);
    expect(await reopen(ports(), id, { reason: "again", by: "ben" })).toMatchObject({ error: { kind: "not-decided" } });
  });

  it("is done by one of two", async () => {
    const { id, version } = await opened(decided(day(-1), "unrelated"));
    const both = await Promise.all(
      ["ana", "ben"].map((by) => reopen(ports(), id, { reason: `by ${by}`, by, expectedVersion: version })),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await store.ledger.history(id)).toHaveLength(version + 1);
  });
});
