import type { Delegation, LentRight, Reach } from "../../domain/desk/desk.ts";
import { samePerson } from "../../domain/desk/person.ts";
import { type Instant, msOf } from "../../kernel/time.ts";
import { type Action, may, type Person } from "./rights.ts";

/** By whose right something is done: the person's own, or one that an officer lent. */
export type Authority = { granted: true; onBehalfOf?: string } | { granted: false };

/**
 * Whether somebody may do this with a brand's cases. A lent right counts while it lasts and its lender still has it, for the brands it
 * names, and only for one who works on that brand's cases anyway; it stands in for `authorise` and for nothing more. Of several lenders
 * the latest who is none of `not` counts: whoever drafted a request must not stand behind its sending, but another lender may. Where
 * there is no other, one of them is named all the same, so that the refusal says what is wrong.
 */
export function authorityFor(
  { name, rights }: Person,
  brand: string,
  action: Action,
  lent: readonly LentRight[],
  now: Instant,
  not: readonly string[] = [],
): Authority {
  if (may(rights, brand, action)) return { granted: true };
  if (action !== "authorise" || !may(rights, brand, "triage")) return { granted: false };
  const counting = lent.filter((one) => one.to === name && isInForce(one, now) && lenderMay(one, brand, now));
  const one = counting.find(({ from }) => !not.some((other) => samePerson(from, other))) ?? counting[0];
  return one === undefined ? { granted: false } : { granted: true, onBehalfOf: one.from };
}

export function isInForce({ at, until, ended }: Delegation, now: Instant): boolean {
  return ended === undefined && at <= now && now < until;
}

/** Who has not been here for as long may have left the bank, and nobody told us. */
const LONGEST_AWAY_MS = 30 * 86_400_000;

/**
 * Whether the lender still has, for this brand, what was lent: by what they might do when they were last here, at the lending itself if
 * not since. Who signs in with less ends the loan at once; who does not sign in at all, after thirty days.
 */
export function lenderMay({ brands, at, lender }: LentRight, brand: string, now: Instant): boolean {
  if (!brands.includes(brand)) return false;
  const last = lender !== undefined && lender.at >= at ? lender : { may: brands, at };
  return (last.may === "all" || last.may.includes(brand)) && msOf(now) - msOf(last.at) <= LONGEST_AWAY_MS;
}

/** The brands somebody may authorise by their own right. */
export function reachOf({ rights }: Pick<Person, "rights">): Reach {
  const brands = Object.keys(rights.brands).filter((brand) => may(rights, brand, "authorise"));
  return rights.all !== undefined && may({ all: rights.all, brands: {} }, "", "authorise") ? "all" : brands;
}
