import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AttemptState } from "../../../lib/domain/finding/event.ts";
import { findingId } from "../../../lib/domain/finding/finding.ts";
import { attempt } from "../../../lib/workflows/triage/attempt.ts";
import { decide, decideEach } from "../../../lib/workflows/triage/decide.ts";
import { assign, note, reopen, snooze } from "../../../lib/workflows/triage/handle.ts";
import { LONGEST, lengthProblem, type Written } from "../../../lib/workflows/triage/limits.ts";
import { decided, givenCase } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const AT = "2026-11-02T09:00:00.000Z";
const LATER = "2026-11-12T09:00:00.000Z";
let store: Scratch;

beforeAll(async () => {
  store = await openScratch();
});
afterAll(() => store.close());

const ports = () => store.at(AT);
const by = "ana";
const step = { by, recipient: "aptoide", channel: "form", state: "drafted" as AttemptState };

/** Every text that somebody can write on a case, written as long as it is told. */
const WAYS: [string, Written, (id: string, text: string) => Promise<unknown>][] = [
  ["a name", "by", (id, text) => note(ports(), id, { by: text, text: "a word" })],
  ["a lender's name", "onBehalfOf", (id, text) => note(ports(), id, { by, onBehalfOf: text, text: "a word" })],
  ["an assignee", "to", (id, text) => assign(ports(), id, { by, to: text })],
  ["a note", "text", (id, text) => note(ports(), id, { by, text })],
  ["the reason to decide", "reason", (id, text) => decide(ports(), id, { by, disposition: "duplicate", reason: text })],
  ["the reason to set aside", "reason", (id, text) => snooze(ports(), id, { by, until: LATER, reason: text })],
  ["the reason to reopen", "note", (id, text) => reopen(ports(), id, { by, reason: text })],
  ["a recipient", "recipient", (id, text) => attempt(ports(), id, { ...step, recipient: text })],
  ["a channel", "channel", (id, text) => attempt(ports(), id, { ...step, channel: text })],
  ["a reference", "reference", (id, text) => attempt(ports(), id, { ...step, reference: text })],
  ["the note of a request", "note", (id, text) => attempt(ports(), id, { ...step, note: text })],
];

describe.each(WAYS)("%s", (what, field, write) => {
  it("is written as long as it may be, and refused where it is one letter longer", async () => {
    const standing = what === "the reason to set aside" ? [] : [decided(AT, "impersonation")];
    const { id, version } = await givenCase(store.ledger, { key: what, at: AT }, ...standing);
    const most = LONGEST[field];
    expect(await write(id, "x".repeat(most + 1))).toEqual({
      ok: false,
      error: { kind: "too-long", what: field, most },
    });
    expect(await store.ledger.read(id)).toMatchObject({ version });
    expect(await write(id, "x".repeat(most))).toMatchObject({ ok: true, value: { version: version + 1 } });
  });
});

it("what is short has no problem with its length", () => {
  expect(lengthProblem({ by: "ana", reason: "a reason" })).toBeUndefined();
});

describe("a case that is nearly full", () => {
  it("has no room for notes and new requests, but for decisions and for the end of requests", async () => {
    const almost = { description: "x".repeat(380_000) };
    const request = { id: "a-1", recipient: "aptoide", channel: "form", state: "sent" as const };
    const { id } = await givenCase(
      store.ledger,
      { key: "nearly", at: AT, listing: almost },
      decided(AT, "impersonation"),
      { at: AT, by, kind: "attempted", attempt: request },
    );
    expect(await note(ports(), id, { by, text: "a word" })).toMatchObject({ error: { kind: "too-large" } });
    const another = await attempt(ports(), id, { ...step, recipient: "host" });
    expect(another).toMatchObject({ error: { kind: "too-large" } });
    expect(await attempt(ports(), id, { ...step, state: "withdrawn" })).toMatchObject({ ok: true });
    expect(await decide(ports(), id, { by, disposition: "unrelated", reason: "r".repeat(2_000) })).toMatchObject({
      ok: true,
    });
  });

  it("that is quite full has an outcome of its own among several that are decided together", async () => {
    const brimful = await givenCase(store.ledger, {
      key: "brimful",
      at: AT,
      listing: { description: "x".repeat(407_000) },
    });
    const other = await givenCase(store.ledger, { key: "roomy", at: AT });
    const none = findingId("northwind", "aptoide", "none");
    const cases = [brimful.id, none, other.id].map((id) => ({ id }));
    const decision = { by, disposition: "unrelated" as const, reason: "r".repeat(2_000) };
    expect(
      (await decideEach(ports(), cases, decision)).map(({ outcome }) => (outcome.ok ? "ok" : outcome.error.kind)),
    ).toEqual(["too-large", "unknown-finding", "ok"]);
  });
});
