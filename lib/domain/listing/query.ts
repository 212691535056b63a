import type { Listing } from "./listing.ts";

/** One question to one store's search: what a customer there would type. */
export interface Query {
  term: string;
  /** ISO 3166-1 alpha-2, lower case. */
  region: string;
  /** ISO 639-1, lower case. */
  language: string;
}

export interface Page {
  listings: Listing[];
  /** The store has, or may have, more hits than it gave. */
  truncated: boolean;
  /** Elements of the answer that could not be read and were left out. */
  dropped: number;
}
