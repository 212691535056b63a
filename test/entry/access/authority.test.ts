import { describe, expect, it } from "vitest";
import type { LentRight } from "../../../lib/domain/desk/desk.ts";
import { type Authority, authorityFor, isInForce, lenderMay, reachOf } from "../../../lib/entry/access/authority.ts";
import { type Action, rightsOf } from "../../../lib/entry/access/rights.ts";

const NOW = "2026-11-02T09:00:00.000Z";

function lent(over: Partial<LentRight> = {}): LentRight {
  return {
    id: "l-1",
    from: "olga",
    to: "ada",
    brands: ["tern"],
    at: "2026-11-01T00:00:00.000Z",
    until: "2026-11-08T00:00:00.000Z",
    reason: "on leave",
    ...over,
  };
}

function seenWith(may: string[]): LentRight {
  return lent({ lender: { may, at: "2026-11-02T08:00:00.000Z" } });
}

const NOT_GRANTED: Authority = { granted: false };
const OWN: Authority = { granted: true };
const LENT: Authority = { granted: true, onBehalfOf: "olga" };

describe("by whose right something is done", () => {
  it.each<[string, string[], Action, LentRight[], Authority]>([
    ["their own", ["knockoff:tern:officer"], "authorise", [], OWN],
    ["their own, though one was lent too", ["knockoff:tern:officer"], "authorise", [lent()], OWN],
    ["one that was lent", ["knockoff:tern:analyst"], "authorise", [lent()], LENT],
    ["one that was lent last", ["knockoff:tern:analyst"], "authorise", [lent({ to: "bob" }), lent()], LENT],
    ["none: nothing was lent", ["knockoff:tern:analyst"], "authorise", [], NOT_GRANTED],
    ["none: it was lent to another", ["knockoff:tern:analyst"], "authorise", [lent({ to: "bob" })], NOT_GRANTED],
    ["none: it was for another brand", ["knockoff:tern:analyst"], "authorise", [lent({ brands: ["x"] })], NOT_GRANTED],
    ["none: it is over", ["knockoff:tern:analyst"], "authorise", [lent({ until: NOW })], NOT_GRANTED],
    ["none: it has not begun", ["knockoff:tern:analyst"], "authorise", [lent({ at: "2026-11-03" })], NOT_GRANTED],
    [
      "none: it was taken back",
      ["knockoff:tern:analyst"],
      "authorise",
      [lent({ ended: { by: "olga", at: NOW } })],
      NOT_GRANTED,
    ],
    ["none: its lender has less by now", ["knockoff:tern:analyst"], "authorise", [seenWith(["x"])], NOT_GRANTED],
    ["one whose lender was seen to have it still", ["knockoff:tern:analyst"], "authorise", [seenWith(["tern"])], LENT],
    ["none: who only reads cannot borrow", ["knockoff:tern"], "authorise", [lent()], NOT_GRANTED],
    ["none: who knows nothing of the brand cannot borrow", [], "authorise", [lent()], NOT_GRANTED],
    ["none: triage is not lent", ["knockoff:tern"], "triage", [lent()], NOT_GRANTED],
    ["none: administering is not lent", ["knockoff:tern:officer"], "administer", [lent()], NOT_GRANTED],
    ["their own, to read", ["knockoff:tern"], "read", [], OWN],
  ])("%s", (_, groups, action, delegations, authority) => {
    const person = { name: "ada", rights: rightsOf(groups) };
    expect(authorityFor(person, "tern", action, delegations, NOW)).toEqual(authority);
  });

  it("is another lender's where one must not stand behind it, and the refused one's where there is no other", () => {
    const person = { name: "ada", rights: rightsOf(["knockoff:tern:analyst"]) };
    const both = [lent(), lent({ id: "l-2", from: "ann" })];
    const behind = (not: string[], lenders = both) => authorityFor(person, "tern", "authorise", lenders, NOW, not);
    expect(behind([])).toEqual(LENT);
    expect(behind(["Olga "])).toEqual({ granted: true, onBehalfOf: "ann" });
    expect(behind(["ann"])).toEqual(LENT);
    expect(behind(["ann", "olga"])).toEqual(LENT);
    expect(behind(["olga"], [lent()])).toEqual(LENT);
    expect(behind(["olga"], [])).toEqual(NOT_GRANTED);
  });

  it.each<[string, Partial<LentRight>, string, boolean]>([
    ["at the lending", {}, NOW, true],
    ["in another brand", { brands: ["gull"] }, NOW, false],
    ["thirty days after it, not seen since", {}, "2026-12-01T00:00:00.000Z", true],
    ["later, not seen since", {}, "2026-12-01T00:00:00.001Z", false],
    ["seen with less before it", { lender: { may: [], at: "2026-10-31T23:59:59.999Z" } }, NOW, true],
    ["seen with less since", { lender: { may: [], at: "2026-11-01T00:00:00.000Z" } }, NOW, false],
    ["seen with all brands", { lender: { may: "all", at: NOW } }, "2026-12-02T09:00:00.000Z", true],
    ["seen thirty days ago", { lender: { may: "all", at: NOW } }, "2026-12-02T09:00:00.001Z", false],
  ])("is still the lender's: %s", (_, over, now, still) => {
    expect(lenderMay(lent(over), "tern", now)).toBe(still);
  });

  it("reaches the brands of officers and admins", () => {
    const reach = (...groups: string[]) => reachOf({ rights: rightsOf(groups) });
    expect(reach("knockoff:tern:officer", "knockoff:gull:admin", "knockoff:northwind:analyst")).toEqual([
      "tern",
      "gull",
    ]);
    expect(reach("knockoff:*:analyst", "knockoff:tern:officer")).toEqual(["tern"]);
    expect(reach("knockoff:*:officer", "knockoff:tern")).toBe("all");
    expect(reach("knockoff:*")).toEqual([]);
  });

  it("counts from its first moment to before its last", () => {
    const one = lent({ at: "2026-11-02T00:00:00.000Z", until: "2026-11-03T00:00:00.000Z" });
    expect(isInForce(one, "2026-11-01T23:59:59.999Z")).toBe(false);
    expect(isInForce(one, "2026-11-02T00:00:00.000Z")).toBe(true);
    expect(isInForce(one, "2026-11-02T23:59:59.999Z")).toBe(true);
    expect(isInForce(one, "2026-11-03T00:00:00.000Z")).toBe(false);
  });
});
