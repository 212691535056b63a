import type { Delegation, Desk } from "../../domain/desk/desk.ts";
import { personName, samePerson } from "../../domain/desk/person.ts";
import { stableId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Clock, type Instant, instantOf, msOf } from "../../kernel/time.ts";

/** Longest time a right can be lent: a longer absence is a change of office. */
const LONGEST_MS = 90 * 86_400_000;
/** Longest reason, in UTF-16 units. */
const LONGEST_TEXT = 1_000;
/** Loans of one person that stand, or were made within a day: more would hide those of others, ended ones too. */
const MOST_LOANS = 20;
const DAY_MS = 86_400_000;

export interface DelegatePorts {
  desk: Desk;
  clock: Clock;
}

export interface Loan {
  from: string;
  to: string;
  brands: readonly string[];
  until: Instant;
  reason: string;
}

export type LendProblem =
  | { kind: "no-reason" }
  /** No name, or one that is nobody's. */
  | { kind: "nobody" }
  | { kind: "to-self" }
  | { kind: "no-brands" }
  /** Not after now, or more than 90 days off. */
  | { kind: "bad-day" }
  | { kind: "too-long"; most: number }
  | { kind: "too-many"; most: number };

/**
 * Lends an officer's right for some brands to somebody until a day. Whether the lender has that right is for the caller to say, for every
 * one of the brands. The borrower's name is brought into its one form and otherwise taken as it is: it must be the one their login proves.
 */
export async function lend({ desk, clock }: DelegatePorts, loan: Loan): Promise<Result<Delegation, LendProblem>> {
  const at = clock();
  const problem = problemOf(loan, at);
  if (problem !== undefined) return err(problem);
  const { from, reason } = loan;
  const to = personName(loan.to) ?? loan.to;
  if ((await recentLoans(desk, from, at)) >= MOST_LOANS) return err({ kind: "too-many", most: MOST_LOANS });
  const brands = [...new Set(loan.brands)].sort();
  // Written as all instants are, because they are compared as texts.
  const until = instantOf(msOf(loan.until));
  const id = stableId("d", from, to, at, until, reason, ...brands);
  const delegation: Delegation = { id, from, to, brands, at, until, reason };
  await desk.addDelegation(delegation);
  return ok(delegation);
}

function problemOf({ from, to, brands, until, reason }: Loan, now: Instant): LendProblem | undefined {
  if (reason.trim() === "") return { kind: "no-reason" };
  if (personName(to) === undefined) return { kind: "nobody" };
  if (samePerson(to, from)) return { kind: "to-self" };
  if (brands.length === 0) return { kind: "no-brands" };
  if (reason.length > LONGEST_TEXT) return { kind: "too-long", most: LONGEST_TEXT };
  const ahead = msOf(until) - msOf(now);
  return ahead > 0 && ahead <= LONGEST_MS ? undefined : { kind: "bad-day" };
}

async function recentLoans(desk: Desk, from: string, now: Instant): Promise<number> {
  const own = (await desk.delegationsOf(from)).filter((one) => one.from === from);
  const stands = ({ until, ended }: Delegation) => ended === undefined && now < until;
  return own.filter((one) => stands(one) || msOf(now) - msOf(one.at) < DAY_MS).length;
}

export type EndLendingProblem = { kind: "unknown-delegation"; id: string } | { kind: "not-theirs" };

/**
 * Takes back what was lent. The lender may, the borrower may give it back, and so may whoever administers all brands it is for. What has
 * been ended before stays as it was ended.
 */
export async function endLending(
  { desk, clock }: DelegatePorts,
  id: string,
  { by, mayAdminister }: { by: string; mayAdminister(brand: string): boolean },
): Promise<Result<Delegation, EndLendingProblem>> {
  const lent = await desk.delegation(id);
  if (lent === undefined) return err({ kind: "unknown-delegation", id });
  const theirs = lent.from === by || lent.to === by || lent.brands.every(mayAdminister);
  if (!theirs) return err({ kind: "not-theirs" });
  const ended = lent.ended === undefined ? await desk.endDelegation(id, by, clock()) : lent;
  return ended === undefined ? err({ kind: "unknown-delegation", id }) : ok(ended);
}
