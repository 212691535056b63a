import type { Desk } from "../../domain/desk/desk.ts";
import type { Instant } from "../../kernel/time.ts";
import { reachOf } from "./authority.ts";
import type { Person } from "./rights.ts";

/**
 * Keeps what somebody who was proved may authorise now: what they lent ends with their own right. Hosts call it before they turn away
 * whoever has no rights left.
 */
export function noteSeen(desk: Desk, person: Person, now: Instant): Promise<void> {
  return desk.seen(person.name, reachOf(person), now);
}
