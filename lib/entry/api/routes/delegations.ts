import { createRoute, z } from "@hono/zod-openapi";
import type { Delegation, LentRight } from "../../../domain/desk/desk.ts";
import type { Instant } from "../../../kernel/time.ts";
import { endLending, lend } from "../../../workflows/desk/delegate.ts";
import { lenderMay } from "../../access/authority.ts";
import { may, type Person, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import type { Api } from "../env.ts";
import { problemOf, refuse } from "../problem.ts";
import * as shapes from "../schema.ts";
import { lacking } from "../seen.ts";

export const lentRight = shapes.delegation
  .extend({
    lenderMay: z.boolean().openapi({
      description: "Whether the lender still has what they lent, for all its brands, and was here within 30 days",
    }),
  })
  .openapi("LentRight");

const list = createRoute({
  method: "get",
  path: "/delegations",
  summary: "Rights that were lent, ended ones among them",
  responses: shapes.answers(
    "Latest first: your own, and those for brands that you may all read",
    z.object({ schema: z.literal("delegations/1"), delegations: z.array(lentRight) }),
  ),
});

const one = z.object({ schema: z.literal("delegation/1"), delegation: shapes.delegation });

const add = createRoute({
  method: "post",
  path: "/delegations",
  summary: "Lend your right to authorise",
  description:
    "Who borrows it acts in your stead and the record says so. It must be your own: what was lent cannot be lent on. It ends when you sign in with less, and counts no more when you have not been here for 30 days.",
  request: {
    headers: z.object(shapes.idempotencyKey),
    body: shapes.body(
      z.strictObject({
        to: z.string().max(200).openapi({ description: "The name as their sign-in proves it" }),
        brands: shapes.someBrands,
        until: shapes.moment.openapi({ description: "At most 90 days off" }),
        reason: z.string().max(1_000),
      }),
    ),
  },
  responses: shapes.answers("As it was lent", one, 404, 409, 413, 415, 422),
});

const end = createRoute({
  method: "post",
  path: "/delegations/{id}/end",
  summary: "Take back, or give back, what was lent",
  description:
    "The lender may, the borrower may, and so may an admin of all its brands. What has ended stays as it ended.",
  request: { params: shapes.named, headers: z.object(shapes.idempotencyKey) },
  responses: shapes.answers("As it ended", one, 404, 409, 413, 415, 422),
});

export function delegationRoutes(app: Api, ports: SitePorts): void {
  app.openapi(list, async (c) => {
    const person = c.get("person");
    const { desk, clock } = ports;
    const [own, ofBrands] = await Promise.all([
      desk.delegationsOf(person.name),
      desk.delegations(readable(person.rights)),
    ]);
    const known = [...new Map([...own, ...ofBrands].map((lent) => [lent.id, lent])).values()];
    const seen = known.filter((lent) => maySee(person, lent)).sort(byTime);
    const delegations = seen.map((lent) => lentRightOf(lent, clock()));
    return c.json({ schema: "delegations/1" as const, delegations }, 200);
  });

  app.openapi(add, async (c) => {
    const person = c.get("person");
    const loan = c.req.valid("json");
    const problem = lacking(person, loan.brands, "authorise");
    if (problem !== undefined) return refuse(c, problem);
    const lent = await lend(ports, { ...loan, from: person.name });
    if (!lent.ok) return refuse(c, problemOf(lent.error.kind));
    return c.json({ schema: "delegation/1" as const, delegation: lent.value }, 200);
  });

  app.openapi(end, async (c) => {
    const person = c.get("person");
    const { id } = c.req.valid("param");
    const lent = await ports.desk.delegation(id);
    if (lent === undefined || !maySee(person, lent)) return refuse(c, problemOf("no-delegation"));
    const mayAdminister = (brand: string) => may(person.rights, brand, "administer");
    const ended = await endLending(ports, id, { by: person.name, mayAdminister });
    if (ended.ok) return c.json({ schema: "delegation/1" as const, delegation: ended.value }, 200);
    const [brand = ""] = lent.brands.filter((one) => !mayAdminister(one));
    return refuse(c, lacking(person, [brand], "administer") ?? problemOf("no-delegation"));
  });
}

/** What else the lender may is nobody's business here. */
export function lentRightOf({ lender, ...lent }: LentRight, now: Instant): z.infer<typeof lentRight> {
  return { ...lent, lenderMay: lent.brands.every((brand) => lenderMay({ ...lent, lender }, brand, now)) };
}

function byTime(a: Delegation, b: Delegation): number {
  return a.at < b.at || (a.at === b.at && a.id < b.id) ? 1 : -1;
}

/** Whoever it concerns may see it, and whoever may know of all its brands. */
function maySee({ name, rights }: Person, { from, to, brands }: Delegation): boolean {
  return from === name || to === name || brands.every((brand) => may(rights, brand, "read"));
}
