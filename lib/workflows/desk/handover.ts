import type { Handover } from "../../domain/desk/desk.ts";
import { samePerson } from "../../domain/desk/person.ts";
import { stableId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type DeskPorts, mayRead, type Reader } from "./reader.ts";
import { survey } from "./survey.ts";

/** Longest note, in UTF-16 units: some pages. */
export const LONGEST_NOTE = 10_000;

export type HandoverProblem =
  | { kind: "no-text" }
  | { kind: "too-long"; most: number }
  | { kind: "no-brands" }
  /** Nobody leaves a note on what they may not know of. */
  | { kind: "unreadable-brand"; brand: string };

/**
 * Leaves a note to the next shift, with how things stand now in the brands it speaks of and in no others: whoever may read those may
 * read it. Whether somebody may hand over at all is for the caller to say.
 */
export async function writeHandover(
  ports: DeskPorts,
  who: Reader,
  { text, brands }: { text: string; brands: readonly string[] },
): Promise<Result<Handover, HandoverProblem>> {
  if (text.trim() === "") return err({ kind: "no-text" });
  if (text.length > LONGEST_NOTE) return err({ kind: "too-long", most: LONGEST_NOTE });
  const about = [...new Set(brands)].sort();
  if (about.length === 0) return err({ kind: "no-brands" });
  const unreadable = about.find((brand) => !mayRead(who, brand));
  if (unreadable !== undefined) return err({ kind: "unreadable-brand", brand: unreadable });
  const { standing } = await survey(ports, about);
  const at = ports.clock();
  const id = stableId("h", who.name, at, text, ...about);
  const handover: Handover = { id, at, by: who.name, text, brands: about, standing };
  await ports.desk.addHandover(handover);
  return ok(handover);
}

export type SignOffProblem =
  | { kind: "unknown-handover"; id: string }
  /** Somebody else must have read it. */
  | { kind: "own-note" }
  /** Another took over before: the note says who and when. */
  | { kind: "signed"; handover: Handover };

/** Takes over from whoever wrote the note. Doing so twice changes nothing. A note that may not be read is unknown. */
export async function signOff(
  { desk, clock }: Pick<DeskPorts, "desk" | "clock">,
  who: Reader,
  id: string,
): Promise<Result<Handover, SignOffProblem>> {
  const note = await desk.handover(id);
  if (note === undefined || !note.brands.every((brand) => mayRead(who, brand)))
    return err({ kind: "unknown-handover", id });
  if (samePerson(note.by, who.name)) return err({ kind: "own-note" });
  const signed = note.signedOff === undefined ? await desk.signOff(id, who.name, clock()) : err(note);
  if (signed.ok) return signed;
  const standing = signed.error ?? note;
  return standing.signedOff?.by === who.name ? ok(standing) : err({ kind: "signed", handover: standing });
}
