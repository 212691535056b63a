import { describe, expect, it } from "vitest";
import type { Delegation } from "../../../lib/domain/desk/desk.ts";
import { type Authority, authorityFor, isInForce } from "../../../lib/entry/access/authority.ts";
import { type Action, rightsOf } from "../../../lib/entry/access/rights.ts";

const NOW = "2026-11-02T09:00:00.000Z";

function lent(over: Partial<Delegation> = {}): Delegation {
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

const NOT_GRANTED: Authority = { granted: false };
const OWN: Authority = { granted: true };
const LENT: Authority = { granted: true, onBehalfOf: "olga" };

describe("by whose right something is done", () => {
  it.each<[string, string[], Action, Delegation[], Authority]>([
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
    ["none: who only reads cannot borrow", ["knockoff:tern"], "authorise", [lent()], NOT_GRANTED],
    ["none: who knows nothing of the brand cannot borrow", [], "authorise", [lent()], NOT_GRANTED],
    ["none: triage is not lent", ["knockoff:tern"], "triage", [lent()], NOT_GRANTED],
    ["none: administering is not lent", ["knockoff:tern:officer"], "administer", [lent()], NOT_GRANTED],
    ["their own, to read", ["knockoff:tern"], "read", [], OWN],
  ])("%s", (_, groups, action, delegations, authority) => {
    const person = { name: "ada", rights: rightsOf(groups) };
    expect(authorityFor(person, "tern", action, delegations, NOW)).toEqual(authority);
  });

  it("counts from its first moment to before its last", () => {
    const one = lent({ at: "2026-11-02T00:00:00.000Z", until: "2026-11-03T00:00:00.000Z" });
    expect(isInForce(one, "2026-11-01T23:59:59.999Z")).toBe(false);
    expect(isInForce(one, "2026-11-02T00:00:00.000Z")).toBe(true);
    expect(isInForce(one, "2026-11-02T23:59:59.999Z")).toBe(true);
    expect(isInForce(one, "2026-11-03T00:00:00.000Z")).toBe(false);
  });
});
