import type { Delegation } from "../../domain/desk/desk.ts";
import type { Instant } from "../../kernel/time.ts";
import { type Action, may, type Person } from "./rights.ts";

/** By whose right something is done: the person's own, or one that an officer lent. */
export type Authority = { granted: true; onBehalfOf?: string } | { granted: false };

/**
 * Whether somebody may do this with a brand's cases. A lent right counts while it lasts, for the brands it names, and only for one who
 * works on that brand's cases anyway; it stands in for `authorise` and for nothing more.
 */
export function authorityFor(
  { name, rights }: Person,
  brand: string,
  action: Action,
  delegations: readonly Delegation[],
  now: Instant,
): Authority {
  if (may(rights, brand, action)) return { granted: true };
  if (action !== "authorise" || !may(rights, brand, "triage")) return { granted: false };
  const lent = delegations.find((one) => one.to === name && one.brands.includes(brand) && isInForce(one, now));
  return lent === undefined ? { granted: false } : { granted: true, onBehalfOf: lent.from };
}

export function isInForce({ at, until, ended }: Delegation, now: Instant): boolean {
  return ended === undefined && at <= now && now < until;
}
