import { isFindingId } from "../../domain/finding/finding.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import { may } from "../access/rights.ts";
import type { View } from "./view.ts";

/** Something a page tells at its top: what was done, or what was not and why. */
export interface Saying {
  tone: "done" | "refused";
  text: string;
  /** Where more of it is to be seen. */
  link?: { href: string; text: string };
}

/** What was decided on the page before this one: the address names the case alone, the ledger says what became of it. */
export async function decidedSaying(ledger: Ledger, view: View, id: string | undefined): Promise<Saying[]> {
  const finding = id !== undefined && isFindingId(id) ? await ledger.read(id) : undefined;
  if (finding?.disposition === undefined || !may(view.person.rights, finding.brand, "read")) return [];
  const text = view.t.said.decided(finding.id, view.m.disposition[finding.disposition.value]);
  return [{ tone: "done", text, link: { href: `/findings/${finding.id}`, text: view.t.said.look } }];
}
