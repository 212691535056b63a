import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { overdueOf } from "../../../lib/domain/finding/due.ts";
import type { AttemptState } from "../../../lib/domain/finding/event.ts";
import type { FindingId } from "../../../lib/domain/finding/finding.ts";
import { type AttemptStep, attempt } from "../../../lib/workflows/triage/attempt.ts";
import { decide } from "../../../lib/workflows/triage/decide.ts";
import { recorded } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";
import { assessment, listing } from "../../support/samples.ts";

const NOW = "2026-11-02T09:00:00.000Z";
let store: Scratch;
let count = 0;

beforeAll(async () => {
  store = await openScratch();
});
afterAll(() => store.close());

const ports = () => store.at(NOW);

async function confirmed(): Promise<FindingId> {
  const id = await opened();
  await decide(ports(), id, { disposition: "impersonation", reason: "our name", by: "analyst" });
  return id;
}

async function opened(): Promise<FindingId> {
  count += 1;
  const seen = { listing: listing({ key: `a${count}` }), responses: [] };
  return (await recorded(ports(), undefined, assessment("impersonation"), seen)).finding.id;
}

function step(id: FindingId, state: AttemptState, recipient = "aptoide", reference?: string) {
  return attempt(ports(), id, { state, recipient, channel: "form", reference, by: "officer" });
}

describe("a takedown request", () => {
  it("goes its way with one recipient, whatever the others do, and keeps the recipient's number", async () => {
    const id = await confirmed();
    await step(id, "drafted");
    expect(await store.ledger.read(id)).toMatchObject({ stage: "confirmed" });
    await step(id, "sent");
    await step(id, "acknowledged", "aptoide", "T-77");
    await step(id, "sent", "google-play");
    await step(id, "refused", "google-play");
    await step(id, "done");
    const finding = await store.ledger.read(id);
    expect(finding?.stage).toBe("takedown");
    expect(finding?.attempts.map(({ recipient, state, reference }) => [recipient, state, reference])).toEqual([
      ["google-play", "refused", undefined],
      ["aptoide", "done", "T-77"],
    ]);
  });

  it("is a new one after a refusal, and both remain", async () => {
    const id = await confirmed();
    for (const state of ["sent", "refused", "sent"] as const) expect(await step(id, state)).toMatchObject({ ok: true });
    expect((await store.ledger.read(id))?.attempts.map(({ state }) => state)).toEqual(["refused", "sent"]);
  });

  it("is made of nothing that no person has confirmed", async () => {
    expect(await step(await opened(), "sent")).toMatchObject({ ok: false, error: { kind: "not-confirmed" } });
    expect(await step("f-nothing0", "sent")).toMatchObject({ ok: false, error: { kind: "unknown-finding" } });
  });

  it.each<[AttemptState[], AttemptState, AttemptState[]]>([
    [[], "done", ["drafted", "sent"]],
    [["drafted"], "acknowledged", ["sent", "withdrawn"]],
    [["sent"], "drafted", ["acknowledged", "refused", "countered", "done", "withdrawn"]],
    [["sent", "done"], "refused", ["drafted", "sent"]],
    [["sent", "countered"], "acknowledged", ["refused", "done", "withdrawn"]],
  ])("after %j is not %s", async (before, state, allowed) => {
    const id = await confirmed();
    for (const earlier of before) await step(id, earlier);
    const version = (await store.ledger.read(id))?.version;
    expect(await step(id, state)).toMatchObject({ ok: false, error: { kind: "not-next", allowed } });
    expect((await store.ledger.read(id))?.version).toBe(version);
  });

  it("against what turns out to be an innocent's is taken back, and the case is not over before", async () => {
    const id = await confirmed();
    await step(id, "sent", "aptoide");
    await step(id, "sent", "google-play");
    const dismissed = await decide(ports(), id, { disposition: "unrelated", reason: "a namesake", by: "analyst" });
    expect(dismissed).toMatchObject({ value: { stage: "takedown", disposition: { value: "unrelated" } } });
    expect(dismissed.ok && overdueOf(dismissed.value, NOW)).toEqual({ why: "to-withdraw", since: NOW });
    expect(await step(id, "sent", "another store")).toMatchObject({ error: { kind: "not-confirmed" } });
    expect(await step(id, "withdrawn", "aptoide")).toMatchObject({ value: { stage: "takedown" } });
    const over = await step(id, "withdrawn", "google-play");
    expect(over).toMatchObject({ value: { stage: "closed" } });
    expect(over.ok && overdueOf(over.value, NOW)).toBeUndefined();
  });

  it("stays in takedown when the fake is confirmed again for another reason", async () => {
    const id = await confirmed();
    await step(id, "sent");
    const again = await decide(ports(), id, { disposition: "repackaged", reason: "our package too", by: "analyst" });
    expect(again).toMatchObject({ value: { stage: "takedown" } });
  });

  it("is one, however its recipient is spelt", async () => {
    const id = await confirmed();
    await step(id, "drafted", "Aptoide Abuse Desk");
    for (const spelling of [" aptoide  abuse desk", "APTOIDE ABUSE DESK", "Ａｐｔｏｉｄｅ Abuse Desk"])
      await step(id, "sent", spelling);
    expect((await store.ledger.read(id))?.attempts.map(({ recipient, state }) => [recipient, state])).toEqual([
      ["Aptoide Abuse Desk", "sent"],
    ]);
  });

  it("is made sixty times at most", async () => {
    const id = await confirmed();
    for (let n = 0; n < 60; n += 1) await step(id, "drafted", `host ${n}`);
    expect(await step(id, "drafted", "one more")).toMatchObject({ error: { kind: "too-many-attempts", most: 60 } });
    expect(await step(id, "sent", "host 7")).toMatchObject({ ok: true });
  });

  it("said twice is said once", async () => {
    const id = await confirmed();
    await step(id, "sent", "aptoide", "T-1");
    const once = await store.ledger.read(id);
    await step(id, "sent", "aptoide", "T-1");
    await step(id, "sent");
    expect(await store.ledger.read(id)).toEqual(once);
  });
});

describe("a request behind which two people must stand", () => {
  const step = (id: FindingId, state: AttemptState, by: string, over: Partial<AttemptStep> = {}) =>
    attempt(ports(), id, { state, recipient: "aptoide", channel: "form", by, ...over }, { fourEyes: true });

  it("is drafted by one and sent by another, and both remain to be seen", async () => {
    const id = await confirmed();
    await step(id, "drafted", "ana");
    expect(await step(id, "sent", "olga")).toMatchObject({ ok: true, value: { stage: "takedown" } });
    expect((await store.ledger.read(id))?.attempts).toMatchObject([{ state: "sent", by: "olga", preparer: "ana" }]);
  });

  it.each<[string, string[], { by: string; onBehalfOf?: string }, object]>([
    ["by nobody's draft", [], { by: "olga" }, { kind: "not-drafted" }],
    ["by the one who drafted it", ["ana"], { by: "ana" }, { kind: "same-person", preparer: "ana" }],
    [
      "with a right lent by the drafter",
      ["olga"],
      { by: "ana", onBehalfOf: "olga" },
      { kind: "same-person", preparer: "olga" },
    ],
  ])("is not sent %s", async (_, drafts, sender, error) => {
    const id = await confirmed();
    for (const by of drafts) await step(id, "drafted", by);
    const before = await store.ledger.read(id);
    expect(await step(id, "sent", sender.by, sender)).toEqual({ ok: false, error });
    expect(await store.ledger.read(id)).toEqual(before);
  });

  it("may be sent with a right that somebody else lent", async () => {
    const id = await confirmed();
    await step(id, "drafted", "ana");
    expect(await step(id, "sent", "ben", { onBehalfOf: "olga" })).toMatchObject({ ok: true });
  });

  it("needs a draft again after a refusal, and none for what the recipient does", async () => {
    const id = await confirmed();
    await step(id, "drafted", "ana");
    await step(id, "sent", "olga");
    expect(await step(id, "refused", "ana")).toMatchObject({ ok: true });
    expect(await step(id, "sent", "olga")).toMatchObject({ ok: false, error: { kind: "not-drafted" } });
    await step(id, "drafted", "ben");
    expect(await step(id, "sent", "olga")).toMatchObject({ ok: true });
  });

  it("that two officers send at the same time goes out once, and the other is told", async () => {
    const id = await confirmed();
    await step(id, "drafted", "ana");
    const { version } = (await store.ledger.read(id)) ?? {};
    const both = await Promise.all(["olga", "oskar"].map((by) => step(id, "sent", by, { expectedVersion: version })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = both[0]?.ok ? "olga" : "oskar";
    const lost = both.find(({ ok }) => !ok);
    expect(lost).toMatchObject({ error: { kind: "conflict", current: { changedBy: winner, changedAt: NOW } } });
  });
});
