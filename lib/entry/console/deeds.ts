import * as z from "zod";
import { personName } from "../../domain/desk/person.ts";
import { ATTEMPT_STATES } from "../../domain/finding/event.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import { err, type Result } from "../../kernel/result.ts";
import { attempt, preparerOf } from "../../workflows/triage/attempt.ts";
import { DISPOSITIONS, decide } from "../../workflows/triage/decide.ts";
import { assign, note, reopen, snooze, wake } from "../../workflows/triage/handle.ts";
import { authorityFor } from "../access/authority.ts";
import type { Action } from "../access/rights.ts";
import type { SitePorts } from "../site/ports.ts";
import type { TriageProblem } from "./problem-text.ts";
import type { View } from "./view.ts";

type Done = Result<Finding, TriageProblem>;

/** What one form of a finding's page does. */
export type Deed = (ports: SitePorts, view: View, finding: Finding, form: unknown) => Promise<Done>;

const words = (most: number) => z.string().trim().max(most);
const version = z.coerce.number().int().min(0).max(99_999_999);
/** What is allowed until a day is allowed on that day too; nothing where the field was left empty. */
const lastDay = z.union([
  z.literal("").transform(() => undefined),
  z.iso.date().transform((day) => `${day}T23:59:59.999Z`),
]);
/** What is set aside until a day is back when that day begins. */
const firstDay = z.iso.date().transform((day) => `${day}T00:00:00.000Z`);

const DECIDED = z.object({
  version,
  disposition: z.enum(DISPOSITIONS),
  reason: words(2_000),
  expires: lastDay.optional(),
});
/** Empty gives the case back; what can be nobody's name is no form of ours. */
const somebody = words(200).refine((text) => text === "" || personName(text) !== undefined);
const ASSIGNED = z.object({ version, to: somebody });
const NOTED = z.object({ text: words(4_000) });
const SNOOZED = z.object({ version, until: firstDay, reason: words(2_000) });
const WOKEN = z.object({ version });
const REOPENED = z.object({ version, reason: words(2_000) });
const ATTEMPTED = z.object({
  version,
  recipient: words(200).min(1),
  channel: words(100).min(1),
  state: z.enum(ATTEMPT_STATES),
  reference: words(200)
    .transform((text) => text || undefined)
    .optional(),
});

const DEEDS: Record<string, Deed> = {
  decide: (ports, view, finding, form) =>
    perform(DECIDED, form, async ({ version: expectedVersion, ...decision }) => {
      const action = decision.disposition === "authorised" ? "authorise" : "triage";
      return acting(ports, view, finding, action, (actor) =>
        decide(ports, finding.id, { ...decision, ...actor, expectedVersion }),
      );
    }),
  assign: (ports, view, finding, form) =>
    perform(ASSIGNED, form, ({ version: expectedVersion, to }) =>
      acting(ports, view, finding, "triage", (actor) =>
        assign(ports, finding.id, { ...actor, expectedVersion, to: personName(to) }),
      ),
    ),
  // A note takes nothing away from what another wrote meanwhile.
  note: (ports, view, finding, form) =>
    perform(NOTED, form, ({ text }) =>
      acting(ports, view, finding, "triage", (actor) => note(ports, finding.id, { ...actor, text })),
    ),
  snooze: (ports, view, finding, form) =>
    perform(SNOOZED, form, ({ version: expectedVersion, until, reason }) =>
      acting(ports, view, finding, "triage", (actor) =>
        snooze(ports, finding.id, { ...actor, expectedVersion, until, reason }),
      ),
    ),
  wake: (ports, view, finding, form) =>
    perform(WOKEN, form, ({ version: expectedVersion }) =>
      acting(ports, view, finding, "triage", (actor) => wake(ports, finding.id, { ...actor, expectedVersion })),
    ),
  reopen: (ports, view, finding, form) =>
    perform(REOPENED, form, ({ version: expectedVersion, reason }) =>
      acting(ports, view, finding, "triage", (actor) =>
        reopen(ports, finding.id, { ...actor, expectedVersion, reason }),
      ),
    ),
  attempt: (ports, view, finding, form) =>
    perform(ATTEMPTED, form, async ({ version: expectedVersion, ...step }) => {
      const policy = await ports.policy();
      const action = step.state === "drafted" ? "triage" : "authorise";
      const preparer = step.state === "sent" ? preparerOf(finding, step.recipient) : undefined;
      const run = (actor: Acting) => attempt(ports, finding.id, { ...step, ...actor, expectedVersion }, policy);
      return acting(ports, view, finding, action, run, preparer);
    }),
};

/** Undefined where no form of that name is. */
export function deedOf(name: string): Deed | undefined {
  return Object.hasOwn(DEEDS, name) ? DEEDS[name] : undefined;
}

function perform<T>(schema: z.ZodType<T>, form: unknown, run: (wish: T) => Promise<Done>): Promise<Done> {
  const parsed = schema.safeParse(form);
  return parsed.success ? run(parsed.data) : Promise.resolve(err({ kind: "bad-form" }));
}

interface Acting {
  by: string;
  onBehalfOf?: string;
}

/** Acts by the person's own right, or by one that was lent, if possible by another than `not`; whose it was goes on record. */
async function acting(
  { desk, clock }: SitePorts,
  { person }: View,
  { brand }: Finding,
  action: Action,
  run: (actor: Acting) => Promise<Done>,
  not?: string,
): Promise<Done> {
  const lent = await desk.delegations([brand]);
  const authority = authorityFor(person, brand, action, lent, clock(), not === undefined ? [] : [not]);
  if (!authority.granted) return err({ kind: "role-missing" });
  return run({ by: person.name, onBehalfOf: authority.onBehalfOf });
}
