import { createRoute, z } from "@hono/zod-openapi";
import { isInForce } from "../../access/authority.ts";
import { ROLES } from "../../access/rights.ts";
import { noteSeen } from "../../access/standing.ts";
import type { SitePorts } from "../../site/ports.ts";
import type { Api } from "../env.ts";
import * as shapes from "../schema.ts";
import { lentRight, lentRightOf } from "./delegations.ts";

const role = z.enum(ROLES).openapi("Role");

const me = createRoute({
  method: "get",
  path: "/me",
  summary: "Who you are here, and what you may do",
  responses: shapes.answers(
    "Your name, your roles, and the rights that are lent to you or by you now",
    z.object({
      schema: z.literal("me/1"),
      name: z.string(),
      roles: z.object({
        all: role.optional().openapi({ description: "For every brand" }),
        brands: z.record(z.string(), role),
      }),
      delegations: z.array(lentRight),
    }),
  ),
});

export function meRoutes(app: Api, { desk, clock }: SitePorts): void {
  app.openapi(me, async (c) => {
    const { name, rights } = c.get("person");
    const now = clock();
    await noteSeen(desk, { name, rights }, now);
    const own = await desk.delegationsOf(name);
    const inForce = own.filter((one) => isInForce(one, now)).map((one) => lentRightOf(one, now));
    return c.json({ schema: "me/1" as const, name, roles: rights, delegations: inForce }, 200);
  });
}
