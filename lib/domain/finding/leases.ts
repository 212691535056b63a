import type { Instant } from "../../kernel/time.ts";

/** Rights that one process at a time may have, such as asking one store. They lapse, so a dead holder blocks nobody for long. */
export interface Leases {
  /** False while somebody else holds it; taking one's own again prolongs it. */
  take(name: string, owner: string, now: Instant, forMs: number): Promise<boolean>;
  /** Says nothing when it has passed to somebody else. */
  free(name: string, owner: string): Promise<void>;
}
