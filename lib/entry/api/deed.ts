import { z } from "@hono/zod-openapi";
import { personName } from "../../domain/desk/person.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import { err, type Result } from "../../kernel/result.ts";
import { printable } from "../../kernel/text.ts";
import type { Actor } from "../../workflows/triage/act.ts";
import { type AttemptProblem, attempt, preparerOf } from "../../workflows/triage/attempt.ts";
import { type DecideProblem, decide } from "../../workflows/triage/decide.ts";
import { assign, note, reopen, type SnoozeProblem, snooze, wake } from "../../workflows/triage/handle.ts";
import { LONGEST } from "../../workflows/triage/limits.ts";
import type { Action, Person } from "../access/rights.ts";
import type { SitePorts } from "../site/ports.ts";
import { byAndWhen, type Problem, problemOf } from "./problem.ts";
import { attemptState, disposition, moment } from "./schema.ts";
import { authority, findingFor, roleMissing } from "./seen.ts";

const person = z
  .string()
  .min(1)
  .max(LONGEST.to)
  .refine((text) => personName(text) !== undefined, "no name of a person");
const reason = z.string().max(LONGEST.reason);

export const decision = z.strictObject({ disposition, reason, expires: moment.optional() });

/** What a person does to a case. */
export const deed = z
  .discriminatedUnion("kind", [
    decision.extend({ kind: z.literal("decided") }),
    z.strictObject({ kind: z.literal("assigned"), to: person.optional() }),
    z.strictObject({ kind: z.literal("noted"), text: z.string().max(LONGEST.text) }),
    z.strictObject({ kind: z.literal("snoozed"), until: moment, reason }),
    z.strictObject({ kind: z.literal("woken") }),
    z.strictObject({ kind: z.literal("reopened"), reason }),
    z.strictObject({
      kind: z.literal("attempted"),
      recipient: z.string().min(1).max(LONGEST.recipient),
      channel: z.string().min(1).max(LONGEST.channel),
      state: attemptState,
      reference: z.string().max(LONGEST.reference).optional(),
      note: z.string().max(LONGEST.note).optional(),
    }),
  ])
  .openapi("Deed");

export type Deed = z.infer<typeof deed>;

type Refused =
  | DecideProblem
  | AttemptProblem
  | SnoozeProblem
  | { kind: "no-text" }
  | { kind: "no-reason" }
  | { kind: "not-decided" };

/**
 * Does it, where the person may and the case allows it. `seen` is the version they looked at; without it a write that was overtaken is
 * tried once more, on what stands then.
 */
export async function perform(
  ports: SitePorts,
  who: Person,
  id: string,
  seen: number | undefined,
  wish: Deed,
): Promise<Result<Finding, Problem>> {
  const finding = await findingFor(ports, who, id);
  if (finding === undefined) return err(problemOf("no-finding"));
  const action = actionOf(wish);
  const preparer = wish.kind === "attempted" ? preparerOf(finding, wish.recipient) : undefined;
  const right = await authority(ports, who, finding.brand, action, preparer === undefined ? [] : [preparer]);
  if (!right.granted) {
    const lent = action === "authorise" ? ", or that an officer lends theirs" : "";
    return err(roleMissing(who, finding.brand, action, lent));
  }
  const actor = { by: who.name, onBehalfOf: right.onBehalfOf, expectedVersion: seen };
  const first = await carryOut(ports, id, actor, wish);
  const overtaken = !first.ok && first.error.kind === "conflict" && seen === undefined;
  const outcome = overtaken ? await carryOut(ports, id, actor, wish) : first;
  return outcome.ok ? outcome : err(told(outcome.error));
}

/** To allow a listing and to deal with the outside is an officer's; everything else is the daily work. */
function actionOf(wish: Deed): Action {
  const grave =
    (wish.kind === "decided" && wish.disposition === "authorised") ||
    (wish.kind === "attempted" && wish.state !== "drafted");
  return grave ? "authorise" : "triage";
}

async function carryOut(ports: SitePorts, id: string, actor: Actor, wish: Deed): Promise<Result<Finding, Refused>> {
  switch (wish.kind) {
    case "decided":
      return decide(ports, id, { ...wish, ...actor });
    case "assigned":
      return assign(ports, id, { ...actor, to: wish.to === undefined ? undefined : personName(wish.to) });
    case "noted":
      return note(ports, id, { ...wish, ...actor });
    case "snoozed":
      return snooze(ports, id, { ...wish, ...actor });
    case "woken":
      return wake(ports, id, actor);
    case "reopened":
      return reopen(ports, id, { ...wish, ...actor });
    case "attempted":
      return attempt(ports, id, { ...wish, ...actor }, await ports.policy());
    default:
      return wish satisfies never;
  }
}

function told(refused: Refused): Problem {
  switch (refused.kind) {
    case "unknown-finding":
      return problemOf("no-finding");
    case "conflict":
      return conflictWith(refused.current);
    case "not-next":
      return problemOf("not-next", {
        hint: `From ${refused.state ?? "the beginning"}: ${refused.allowed.join(", ")}.`,
      });
    case "same-person":
      return problemOf("same-person", {
        hint: `${printable(refused.preparer, 80)} drafted it; somebody else sends it.`,
      });
    case "too-large":
      return problemOf("case-full");
    case "too-long":
      return problemOf("too-long", { hint: `At most ${refused.most} characters: ${refused.what}.` });
    default:
      return problemOf(refused.kind);
  }
}

/** Says who was first, and with what: whoever lost the race decides by that, and need not look for it. */
function conflictWith({ version, changedBy, changedAt, disposition: last }: Finding): Problem {
  const decided = last?.at === changedAt && last.by === changedBy ? `Decided ${last.value}` : "Changed";
  const hint = `${decided} ${byAndWhen(changedBy, changedAt)}. Read it again and act on version ${version}.`;
  return problemOf("conflict", { hint, current: { version, by: changedBy, at: changedAt, disposition: last?.value } });
}
