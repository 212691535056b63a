import { describe, expect, it } from "vitest";
import {
  type Action,
  may,
  maySomewhere,
  type Rights,
  readable,
  rightsOf,
  roleFor,
} from "../../../lib/entry/access/rights.ts";

describe("the rights a claim gives", () => {
  it.each<[unknown, Rights]>([
    [["knockoff:tern", "staff"], { brands: { tern: "viewer" } }],
    [["knockoff:tern:viewer"], { brands: { tern: "viewer" } }],
    [["knockoff:tern:analyst"], { brands: { tern: "analyst" } }],
    [["knockoff:tern:officer", "knockoff:tern:analyst"], { brands: { tern: "officer" } }],
    [["knockoff:tern:analyst", "knockoff:tern:admin", "knockoff:tern"], { brands: { tern: "admin" } }],
    [["knockoff:*"], { all: "viewer", brands: {} }],
    [["knockoff:*:officer", "knockoff:*:analyst"], { all: "officer", brands: {} }],
    [["knockoff:*", "knockoff:tern:admin"], { all: "viewer", brands: { tern: "admin" } }],
    ["[knockoff:tern knockoff:northwind:analyst]", { brands: { tern: "viewer", northwind: "analyst" } }],
    ["[staff knockoff:*:admin]", { all: "admin", brands: {} }],
    ["[]", { brands: {} }],
    ["knockoff:tern:analyst", { brands: { tern: "analyst" } }],
    ["knockoff:*:analyst", { all: "analyst", brands: {} }],
    ["knockoff:tern,knockoff:northwind", { brands: {} }],
    ["Project knockoff:*:admin", { brands: {} }],
    ["Project knockoff:tern:admin", { brands: {} }],
    ["Project,knockoff:tern:admin", { brands: {} }],
    ["[Project [knockoff:*:admin]", { brands: {} }],
    ["[Project\nknockoff:*:admin]", { brands: {} }],
    [["[knockoff:*:admin]", "Project knockoff:*:admin"], { brands: {} }],
    ["knockoff:", { brands: {} }],
    ["knockoff:tern:", { brands: {} }],
    ["knockoff:tern:root", { brands: {} }],
    ["knockoff:tern:Analyst", { brands: {} }],
    ["knockoff:tern:analyst:x", { brands: {} }],
    ["knockoff:te rn", { brands: {} }],
    [["knockoff:te rn", "knockoff:Tern", "knockoff:-tern"], { brands: {} }],
    [["knockoff:__proto__:admin"], { brands: {} }],
    ["*", { brands: {} }],
    ["Knockoff:*", { brands: {} }],
    [[["knockoff:*"], { knockoff: "*" }, 7, null], { brands: {} }],
    [undefined, { brands: {} }],
    [{ knockoff: "*" }, { brands: {} }],
  ])("%j", (claim, rights) => {
    expect(rightsOf(claim)).toEqual(rights);
  });

  it("reach no brand by the names every object has", () => {
    expect(roleFor(rightsOf(["knockoff:tern:admin"]), "constructor")).toBeUndefined();
    expect(roleFor(rightsOf(["knockoff:tern:admin"]), "__proto__")).toBeUndefined();
  });
});

describe("what a role may do", () => {
  const ACTIONS: Action[] = ["read", "triage", "authorise", "administer"];

  it.each([
    ["nobody", [], []],
    ["a viewer", ["knockoff:tern"], ["read"]],
    ["an analyst", ["knockoff:tern:analyst"], ["read", "triage"]],
    ["an officer", ["knockoff:tern:officer"], ["read", "triage", "authorise"]],
    ["an admin", ["knockoff:tern:admin"], ["read", "triage", "authorise", "administer"]],
    ["an analyst of all brands", ["knockoff:*:analyst"], ["read", "triage"]],
    ["a viewer of all, officer of this", ["knockoff:*", "knockoff:tern:officer"], ["read", "triage", "authorise"]],
    ["an officer of all, viewer of this", ["knockoff:*:officer", "knockoff:tern"], ["read", "triage", "authorise"]],
    ["an admin of another", ["knockoff:northwind:admin"], []],
  ])("%s with a case of tern", (_, groups, allowed) => {
    const rights = rightsOf(groups);
    expect(ACTIONS.filter((action) => may(rights, "tern", action))).toEqual(allowed);
  });

  it.each([
    [[], [], []],
    [
      ["knockoff:tern", "knockoff:northwind:officer"],
      ["read", "triage", "authorise"],
      ["tern", "northwind"],
    ],
    [["knockoff:*", "knockoff:tern:analyst"], ["read", "triage"], undefined],
  ])("%j somewhere, and what to ask for", (groups, allowed, brands) => {
    const rights = rightsOf(groups);
    expect(ACTIONS.filter((action) => maySomewhere(rights, action))).toEqual(allowed);
    expect(readable(rights)).toEqual(brands);
  });
});
