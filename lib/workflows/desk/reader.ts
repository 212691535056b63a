import type { Desk } from "../../domain/desk/desk.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import type { ScanBook } from "../../domain/finding/scan-book.ts";
import type { Clock } from "../../kernel/time.ts";

export interface DeskPorts {
  ledger: Ledger;
  book: ScanBook;
  desk: Desk;
  clock: Clock;
}

/** Somebody, and the brands whose cases they may know of. */
export interface Reader {
  name: string;
  /** Undefined where all may be read. */
  brands: readonly string[] | undefined;
}

export function mayRead({ brands }: Pick<Reader, "brands">, brand: string): boolean {
  return brands === undefined || brands.includes(brand);
}
