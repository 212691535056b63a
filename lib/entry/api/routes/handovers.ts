import { createRoute, z } from "@hono/zod-openapi";
import { type HandoverProblem, type SignOffProblem, signOff, writeHandover } from "../../../workflows/desk/handover.ts";
import type { Reader } from "../../../workflows/desk/reader.ts";
import { type Person, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { firstWithin, MOST_BYTES } from "../bounds.ts";
import type { Api } from "../env.ts";
import { byAndWhen, type Problem, problemOf, refuse } from "../problem.ts";
import * as shapes from "../schema.ts";
import { lacking } from "../seen.ts";

/** Notes looked at, latest first. */
const MOST = 200;

const handover = z
  .object({
    id: z.string(),
    at: shapes.instant,
    by: z.string(),
    text: z.string(),
    brands: z.array(z.string()),
    standing: z
      .object({
        undecided: z.int(),
        overdue: z.int(),
        approvals: z.int(),
        notSearched: z.array(z.string()),
        many: z.boolean(),
      })
      .openapi({ description: "How things stood then" }),
    signedOff: z.object({ by: z.string(), at: shapes.instant }).optional(),
  })
  .openapi("Handover", { description: "What one shift leaves to the next" });

const whole = z.object({ schema: z.literal("handover/1"), handover });

const list = createRoute({
  method: "get",
  path: "/handovers",
  summary: "What shifts left to the next",
  responses: shapes.answers(
    "The latest that speak only of brands you may read, latest first",
    z.object({ schema: z.literal("handovers/1"), handovers: z.array(handover) }),
  ),
});

const add = createRoute({
  method: "post",
  path: "/handovers",
  summary: "Leave a note to the next shift",
  request: {
    headers: z.object(shapes.idempotencyKey),
    body: shapes.body(z.strictObject({ text: z.string().max(10_000), brands: shapes.someBrands })),
  },
  responses: shapes.answers("The note, with how things stand now in its brands", whole, 404, 409, 413, 415, 422),
});

const sign = createRoute({
  method: "post",
  path: "/handovers/{id}/sign-off",
  summary: "Take over from whoever wrote the note",
  request: { params: shapes.named, headers: z.object(shapes.idempotencyKey) },
  responses: shapes.answers("The signed note; signing twice changes nothing", whole, 404, 409, 413, 415, 422),
});

export function handoverRoutes(app: Api, ports: SitePorts): void {
  app.openapi(list, async (c) => {
    const reader = readerOf(c.get("person"));
    const { shown } = firstWithin(MOST_BYTES, await ports.desk.handovers(reader.brands, MOST));
    return c.json({ schema: "handovers/1" as const, handovers: shown }, 200);
  });

  app.openapi(add, async (c) => {
    const person = c.get("person");
    const note = c.req.valid("json");
    const problem = lacking(person, note.brands, "triage");
    if (problem !== undefined) return refuse(c, problem);
    const written = await writeHandover(ports, readerOf(person), note);
    if (!written.ok) return refuse(c, told(written.error));
    return c.json({ schema: "handover/1" as const, handover: written.value }, 200);
  });

  app.openapi(sign, async (c) => {
    const person = c.get("person");
    const { id } = c.req.valid("param");
    const note = await ports.desk.handover(id);
    if (note === undefined) return refuse(c, problemOf("no-handover"));
    const problem = lacking(person, note.brands, "triage");
    if (problem !== undefined) return refuse(c, problem.status === 404 ? problemOf("no-handover") : problem);
    const signed = await signOff(ports, readerOf(person), id);
    if (!signed.ok) return refuse(c, told(signed.error));
    return c.json({ schema: "handover/1" as const, handover: signed.value }, 200);
  });
}

function readerOf({ name, rights }: Person): Reader {
  return { name, brands: readable(rights) };
}

function told(refused: HandoverProblem | SignOffProblem): Problem {
  switch (refused.kind) {
    case "unreadable-brand":
      return problemOf("no-brand");
    case "unknown-handover":
      return problemOf("no-handover");
    case "signed": {
      const { signedOff: current } = refused.handover;
      const hint = current && `Signed off ${byAndWhen(current.by, current.at)}.`;
      return problemOf("conflict", { hint, current });
    }
    default:
      return problemOf(refused.kind);
  }
}
