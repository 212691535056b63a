import type { Disposition } from "../../domain/finding/event.ts";
import { type FindingId, isFindingId } from "../../domain/finding/finding.ts";
import { DISPOSITIONS, decideEach } from "../../workflows/triage/decide.ts";
import { may } from "../access/rights.ts";
import type { SitePorts } from "../site/ports.ts";
import { problemText } from "./problem-text.ts";
import type { Saying } from "./saying.ts";
import type { View } from "./view.ts";

/** Cases decided at once; a page shows no more. */
const MOST = 300;

type Form = Record<string, unknown>;

/** What a form for several cases holds. */
export interface Entered {
  ticked: readonly FindingId[];
  disposition?: Disposition;
  reason: string;
}

export interface BulkDone {
  said: Saying[];
  /** To be shown again, where nothing was done with it. */
  entered?: Entered;
}

/** The same decision for every case that was ticked: one event each, as if each had been decided by itself. */
export async function bulkDecide(ports: SitePorts, view: View, form: Form): Promise<BulkDone> {
  const { t, m, person } = view;
  const disposition = DISPOSITIONS.find((one) => one === form.disposition);
  const reason = typeof form.reason === "string" ? form.reason.slice(0, 2_000) : "";
  const ticked = tickedIn(form.finding);
  const entered = { ticked: ticked.map(({ id }) => id), disposition, reason };
  const refuse = (text: string): BulkDone => ({ said: [{ tone: "refused", text }], entered });
  if (ticked.length === 0) return refuse(t.problem["none-ticked"]);
  // Allowing one listing is a decision of its own, with an end; nobody allows fifty at a stroke.
  if (disposition === undefined || disposition === "authorised") return refuse(t.problem["no-disposition"]);
  if (reason.trim() === "") return refuse(t.problem["no-reason"]);
  const allowed = await mayTriageEach(ports, view, ticked);
  const decided = await decideEach(ports, allowed, { disposition, reason, by: person.name });
  const done = decided.filter(({ outcome }) => outcome.ok).length;
  const refusals = decided.flatMap(({ id, outcome }): Saying[] =>
    outcome.ok ? [] : [refusal(id, problemText(outcome.error, view), view)],
  );
  const missing = ticked.length - allowed.length;
  return {
    said: [
      ...(done > 0 ? [{ tone: "done" as const, text: t.said.decidedMany(done, m.disposition[disposition]) }] : []),
      ...(missing > 0 ? [{ tone: "refused" as const, text: t.problem["role-missing"] }] : []),
      ...refusals.slice(0, 20),
    ],
  };
}

/** Each value is `<id>:<version that was on the page>`. */
function tickedIn(value: unknown): { id: FindingId; expectedVersion: number }[] {
  const values = Array.isArray(value) ? value : [value];
  return values.slice(0, MOST).flatMap((one) => {
    const [id = "", version = ""] = typeof one === "string" ? one.split(":") : [];
    return isFindingId(id) && /^\d{1,8}$/.test(version) ? [{ id, expectedVersion: Number(version) }] : [];
  });
}

async function mayTriageEach<T extends { id: FindingId }>(
  ports: SitePorts,
  view: View,
  cases: readonly T[],
): Promise<T[]> {
  const read = await Promise.all(cases.map(({ id }) => ports.ledger.read(id)));
  return cases.filter((_, at) => {
    const finding = read[at];
    return finding !== undefined && may(view.person.rights, finding.brand, "triage");
  });
}

function refusal(id: FindingId, text: string, { t }: View): Saying {
  return { tone: "refused", text: `${id}: ${text}`, link: { href: `/findings/${id}`, text: t.said.look } };
}
