/**
 * Longest texts that people write on a case, in UTF-16 units, by the field they are written in. They hold for every way in, for a case
 * is one item of the ledger: what is without bound fills it, and then nobody can write there any more.
 */
export const LONGEST = {
  by: 200,
  onBehalfOf: 200,
  to: 200,
  reason: 2_000,
  text: 10_000,
  recipient: 200,
  channel: 100,
  reference: 200,
  /** Beside a reopening or a step of a takedown request. */
  note: 2_000,
} as const;

export type Written = keyof typeof LONGEST;

export interface TooLong {
  kind: "too-long";
  what: Written;
  most: number;
}

/** The first of these texts that is longer than it may be. */
export function lengthProblem(texts: Partial<Record<Written, string>>): TooLong | undefined {
  const what = (Object.keys(LONGEST) as Written[]).find((one) => (texts[one]?.length ?? 0) > LONGEST[one]);
  return what && { kind: "too-long", what, most: LONGEST[what] };
}
