import { describe, expect, it } from "vitest";
import { queueFilter, queueQuery, queueWish } from "../../../lib/entry/console/queue-wish.ts";
import { person } from "./house.ts";

const NOW = "2026-11-05T09:00:00.000Z";

describe("the address of the queue", () => {
  it.each([
    ["", ""],
    ["stage=closed&brand=northwind", "brand=northwind&stage=closed"],
    ["assignee=me&asleep=1", "assignee=me&asleep=1"],
    ["stage=guilty&verdict=&brand=%3Cscript%3E&source=../x&asleep=yes&colour=red", ""],
    [`cursor=${"x".repeat(3_000)}`, ""],
  ])("%s means %s", (query, sound) => {
    expect(queueQuery(queueWish(Object.fromEntries(new URLSearchParams(query))))).toBe(sound);
  });

  it("asks the ledger for what is undecided and asks for a look, unless told otherwise", () => {
    expect(queueFilter(queueWish({}), person("mei", "analyst"), NOW)).toEqual({
      brands: undefined,
      source: undefined,
      stages: ["new", "triaging"],
      verdicts: ["impersonation", "repackaged", "suspicious", "unproved", "unregistered"],
      assignee: undefined,
      awakeAt: NOW,
    });
    expect(
      queueFilter(queueWish({ assignee: "me", verdict: "copy", asleep: "1" }), person("mei", "analyst"), NOW),
    ).toMatchObject({
      verdicts: ["copy"],
      assignee: "mei",
      awakeAt: undefined,
    });
  });

  it.each([
    [{}, ["northwind"]],
    [{ brand: "northwind" }, ["northwind"]],
    [{ brand: "tern" }, []],
  ])("%j reaches no brand that may not be read", (query, brands) => {
    expect(
      queueFilter(queueWish(query as Record<string, string>), person("mei", "analyst", "northwind"), NOW).brands,
    ).toEqual(brands);
  });
});
