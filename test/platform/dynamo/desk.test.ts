import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Delegation, Desk, Handover } from "../../../lib/domain/desk/desk.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const NOW = "2026-11-02T09:00:00.000Z";
const MINUTE = 60_000;
const later = (minutes: number) => plusMs(NOW, minutes * MINUTE);

let store: Scratch;
let desk: Desk;
let count = 0;

beforeAll(async () => {
  store = await openScratch();
  desk = store.desk;
});
afterAll(() => store.close());

function somebody(): string {
  count += 1;
  return `person-${count}`;
}

const eightAtOnce = <T>(work: (n: number) => Promise<T>) => Promise.all(Array.from({ length: 8 }, (_, n) => work(n)));

describe("a visit", () => {
  it("is the first, and goes on until a pause of half an hour", async () => {
    const person = somebody();
    expect(await desk.visit(person, NOW)).toBeUndefined();
    expect(await desk.visit(person, later(20))).toBeUndefined();
    expect(await desk.visit(person, later(40))).toBeUndefined();
    expect(await desk.visit(person, later(71))).toBe(NOW);
    expect(await desk.visit(person, later(80))).toBe(NOW);
    expect(await desk.visit(person, later(200))).toBe(later(71));
  });

  it("is each person's own, whatever their name is made of", async () => {
    const names = ["", "ana", "ana ", "Ana", "x".repeat(5_000), "安娜", "a#b", "‮ana"];
    for (const name of names) expect(await desk.visit(`v:${name}`, NOW)).toBeUndefined();
    for (const [at, name] of names.entries()) expect(await desk.visit(`v:${name}`, later(60 + at))).toBe(NOW);
  });

  it("is begun once by many requests that arrive together", async () => {
    const person = somebody();
    expect(await eightAtOnce(() => desk.visit(person, NOW))).toEqual(Array(8).fill(undefined));
    expect(await eightAtOnce((n) => desk.visit(person, later(60 + n / 100)))).toEqual(Array(8).fill(NOW));
    expect(await desk.visit(person, later(62))).toBe(NOW);
  });

  it("answers as a list of all requests would", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }), async (gaps) => {
        const person = somebody();
        let minute = 0;
        const begun = [0];
        await desk.visit(person, NOW);
        for (const gap of gaps) {
          minute += gap;
          if (gap >= 30) begun.push(minute);
          const before = begun.at(-2);
          expect(await desk.visit(person, later(minute))).toBe(before === undefined ? undefined : later(before));
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("a look without a visit", () => {
  it("tells what a visit would, and leaves the next one as it was", async () => {
    const person = somebody();
    expect(await desk.lastVisit(person, NOW)).toBeUndefined();
    expect(await desk.visit(person, NOW)).toBeUndefined();
    expect(await desk.lastVisit(person, later(20))).toBeUndefined();
    expect(await desk.lastVisit(person, later(31))).toBe(NOW);
    expect(await desk.visit(person, later(29))).toBeUndefined();
    expect(await desk.visit(person, later(60))).toBe(NOW);
    expect(await desk.lastVisit(person, later(61))).toBe(NOW);
    expect(await desk.lastVisit(person, later(95))).toBe(later(60));
  });
});

describe("handovers", () => {
  const standing = { undecided: 3, overdue: 1, approvals: 0, notSearched: ["aptoide"], many: false };
  const note = (id: string, at = NOW): Handover => ({
    id,
    at,
    by: "ana",
    text: `read ${id}`,
    brands: ["northwind"],
    standing,
  });

  it("come latest first, as many as are wanted", async () => {
    const scratch = await openScratch();
    for (const [n, id] of ["h-b", "h-c", "h-a"].entries()) await scratch.desk.addHandover(note(id, later(n)));
    await scratch.desk.addHandover(note("h-d", later(2)));
    expect((await scratch.desk.handovers(undefined, 3)).map(({ id }) => id)).toEqual(["h-d", "h-a", "h-c"]);
    expect(await scratch.desk.handovers(undefined, 100)).toHaveLength(4);
    await scratch.close();
  });

  it("are found by their id, and written twice are one", async () => {
    await desk.addHandover(note("h-1"));
    await desk.signOff("h-1", "ben", later(1));
    await desk.addHandover(note("h-1"));
    expect(await desk.handover("h-1")).toEqual({ ...note("h-1"), signedOff: { by: "ben", at: later(1) } });
    expect(await desk.handover(`h-${"0".repeat(4_000)}`)).toBeUndefined();
    expect((await desk.handovers(["northwind"], 10)).filter(({ id }) => id === "h-1")).toHaveLength(1);
  });

  it("are signed off once, and whoever comes too late sees by whom", async () => {
    await desk.addHandover(note("h-2"));
    const signed = await eightAtOnce((n) => desk.signOff("h-2", `p${n}`, later(n)));
    const [winner] = signed.flatMap((one) => (one.ok ? [one.value] : []));
    expect(signed.filter(({ ok }) => ok)).toHaveLength(1);
    for (const one of signed) if (!one.ok) expect(one.error).toEqual(winner);
    expect(await desk.handover("h-2")).toEqual(winner);
    expect(await desk.signOff("h-none", "p", NOW)).toEqual({ ok: false, error: undefined });
  });

  it("are those that speak of readable brands alone, each once, however many another bank leaves", async () => {
    const scratch = await openScratch();
    const about = (id: string, at: string, ...brands: string[]) =>
      scratch.desk.addHandover({ ...note(id, at), brands });
    await about("h-own", NOW, "northwind");
    await about("h-two", later(1), "northwind", "gull");
    for (let n = 0; n < 60; n += 1) await about(`h-flood${n}`, later(2 + n), "tern");
    for (let n = 0; n < 60; n += 1) await about(`h-both${n}`, later(2 + n), "northwind", "tern");
    const ids = async (brands: string[] | undefined, limit: number) =>
      (await scratch.desk.handovers(brands, limit)).map(({ id }) => id);
    expect(await ids(["northwind"], 5)).toEqual(["h-own"]);
    expect(await ids(["northwind", "gull"], 5)).toEqual(["h-two", "h-own"]);
    expect(await ids(["gull"], 5)).toEqual([]);
    expect(await ids([], 5)).toEqual([]);
    expect(await ids(undefined, 2)).toEqual(["h-flood59", "h-both59"]);
    await scratch.close();
  });

  it("that no item can hold are refused", async () => {
    await expect(desk.addHandover({ ...note("h-3"), text: "x".repeat(500_000) })).rejects.toThrow(/h-3/);
    expect(await desk.handover("h-3")).toBeUndefined();
  });
});

describe("delegations", () => {
  const lent = (id: string, at = NOW): Delegation => ({
    id,
    from: "olga",
    to: "ana",
    brands: ["northwind"],
    at,
    until: later(600),
    reason: "leave",
  });

  it("come latest first, ended ones among them, and end once", async () => {
    await desk.addDelegation(lent("d-1"));
    await desk.addDelegation(lent("d-2", later(5)));
    const ended = await eightAtOnce((n) => desk.endDelegation("d-1", `p${n}`, later(10 + n)));
    expect(new Set(ended.map((one) => one?.ended?.by)).size).toBe(1);
    await desk.addDelegation(lent("d-1"));
    const both = [lent("d-2", later(5)), ended[0]];
    for (const brands of [["northwind"], ["tern", "northwind"], undefined])
      expect(await desk.delegations(brands)).toEqual(both);
    expect(await desk.delegations(["tern"])).toEqual([]);
    for (const person of ["olga", "ana"]) expect(await desk.delegationsOf(person)).toEqual(both);
    expect(await desk.delegationsOf("Olga")).toEqual([]);
    expect(await desk.delegation("d-1")).toEqual(ended[0]);
    expect(await desk.delegation("d-none")).toBeUndefined();
    expect(await desk.endDelegation("d-none", "p", NOW)).toBeUndefined();
  });
});

describe("what a lender might do when they were last here", () => {
  it("comes with what they lent: changes at once, the time within an hour", async () => {
    const [lender, borrower] = [somebody(), somebody()];
    const loan = { from: lender, to: borrower, brands: ["gull"], at: NOW, until: later(600), reason: "leave" };
    await desk.addDelegation({ id: `d-${lender}`, ...loan });
    const lenderOf = async () => (await desk.delegation(`d-${lender}`))?.lender;
    await desk.seen(lender, [], NOW);
    expect(await lenderOf()).toBeUndefined();
    await desk.seen(lender, ["tern", "gull"], NOW);
    expect(await lenderOf()).toEqual({ may: ["gull", "tern"], at: NOW });
    await desk.seen(lender, ["gull", "tern"], later(59));
    expect(await lenderOf()).toEqual({ may: ["gull", "tern"], at: NOW });
    await desk.seen(lender, ["gull", "tern"], later(60));
    expect(await lenderOf()).toEqual({ may: ["gull", "tern"], at: later(60) });
    await desk.seen(lender, [], later(61));
    expect((await desk.delegations(["gull"]))[0]?.lender).toEqual({ may: [], at: later(61) });
    await desk.seen(lender, "all", later(62));
    expect((await desk.delegationsOf(borrower))[0]?.lender).toEqual({ may: "all", at: later(62) });
    await desk.seen(lender, [], later(1));
    expect(await lenderOf()).toEqual({ may: "all", at: later(62) });
  });
});

describe("a request with a key of the person's own", () => {
  const answer = { status: 201, body: '{"id":"f-1"}' };

  async function begun(person: string, key: string, print = "print", at = NOW): Promise<string> {
    const beginning = await desk.begin(person, key, print, at);
    return beginning.kind === "begun" ? beginning.run : `none: ${beginning.kind}`;
  }

  it("is begun by one of many that arrive together, and answered to all others afterwards", async () => {
    const person = somebody();
    const all = await eightAtOnce(() => desk.begin(person, "k", "print", NOW));
    const runs = all.flatMap((one) => (one.kind === "begun" ? [one.run] : []));
    expect(runs).toHaveLength(1);
    expect(all.filter(({ kind }) => kind === "busy")).toHaveLength(7);
    await desk.keepAnswer(person, "k", runs[0] ?? "", answer);
    await desk.keepAnswer(person, "k", runs[0] ?? "", { status: 500, body: "" });
    expect(await desk.begin(person, "k", "print", later(600))).toEqual({ kind: "answered", answer });
    expect(await desk.begin(person, "k", "other print", NOW)).toEqual({ kind: "other" });
  });

  it("stands for one person, one key and one request only", async () => {
    const [a, b] = [somebody(), somebody()];
    for (const [person, key] of [
      [a, "k"],
      [b, "k"],
      [a, "k".repeat(9_000)],
      [a, ""],
    ] as const)
      expect(await desk.begin(person, key, "print", NOW)).toMatchObject({ kind: "begun" });
    expect(await desk.begin(a, "k", "changed", later(10))).toEqual({ kind: "other" });
  });

  it("may begin again when whoever began it is dead, by one of many", async () => {
    const person = somebody();
    await desk.begin(person, "k", "print", NOW);
    expect(await desk.begin(person, "k", "print", plusMs(NOW, 59_999))).toEqual({ kind: "busy" });
    const again = await eightAtOnce(() => desk.begin(person, "k", "print", later(1)));
    expect(again.filter(({ kind }) => kind === "begun")).toHaveLength(1);
  });

  it("may begin again when it was given up, also as another; what was answered cannot be given up", async () => {
    const person = somebody();
    await desk.giveUp(person, "k", await begun(person, "k"));
    const run = await begun(person, "k", "corrected");
    await desk.keepAnswer(person, "k", run, answer);
    await desk.giveUp(person, "k", run);
    expect(await desk.begin(person, "k", "corrected", NOW)).toEqual({ kind: "answered", answer });
    await desk.giveUp(person, "never begun", run);
    await desk.keepAnswer(person, "never begun", run, answer);
    expect(await desk.begin(person, "never begun", "print", NOW)).toMatchObject({ kind: "begun" });
  });

  it("is neither freed nor answered by a slow one that was thought dead", async () => {
    const person = somebody();
    const slow = await begun(person, "k");
    const next = await begun(person, "k", "print", later(1));
    await desk.giveUp(person, "k", slow);
    await desk.keepAnswer(person, "k", slow, { status: 200, body: "late" });
    expect(await desk.begin(person, "k", "print", plusMs(later(1), 1))).toEqual({ kind: "busy" });
    await desk.keepAnswer(person, "k", next, answer);
    await desk.giveUp(person, "k", slow);
    expect(await desk.begin(person, "k", "print", later(2))).toEqual({ kind: "answered", answer });
  });

  it("keeps what it can of an answer, broken characters and all", async () => {
    const person = somebody();
    const odd = { status: 200, body: "\ud800 \u0000 安" };
    for (const [key, given, kept] of [
      ["odd", odd, odd],
      ["empty", { status: 204, body: "" }, { status: 204, body: "" }],
      ["fits", { status: 200, body: "x".repeat(290_000) }, { status: 200, body: "x".repeat(290_000) }],
      ["large", { status: 200, body: "安".repeat(150_000) }, { status: 200, body: "" }],
    ] as const) {
      await desk.keepAnswer(person, key, await begun(person, key), given);
      expect(await desk.begin(person, key, "print", NOW)).toEqual({ kind: "answered", answer: kept });
    }
  });
});
