import { createRoute, z } from "@hono/zod-openapi";
import { may } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import type { Api } from "../env.ts";
import { problemOf, refuse } from "../problem.ts";
import * as shapes from "../schema.ts";
import { brandFor } from "../seen.ts";

const publisher = z.object({ source: z.string(), name: z.string().optional(), key: z.string().optional() });
const watched = z.array(z.object({ source: z.string(), key: z.string() }));

const profile = z
  .object({
    id: z.string(),
    title: z.string(),
    country: z.string(),
    names: z.array(
      z.object({
        text: z.string(),
        script: z.enum(["Latn", "Hans", "Hant", "Hang", "Jpan", "Cyrl", "Arab", "Thai", "Deva", "Other"]),
        distinctive: z.boolean(),
        role: z.enum(["name", "alias"]),
      }),
    ),
    icons: z.array(z.object({ sha256: shapes.sha256, phash: z.string().optional(), origin: z.string() })),
    officialApps: z.array(
      z.object({
        platform: z.enum(["android", "ios", "mac", "harmony"]),
        packageName: z.string().optional(),
        name: z.string().optional(),
        ids: z.record(z.string(), z.string()),
        description: z.string().optional(),
      }),
    ),
    publishers: z.array(publisher),
    certificates: z.array(shapes.digest),
    namespaces: z.array(z.string()),
    domains: z.array(z.string()),
    filing: z.object({ number: z.string(), holder: z.string().optional() }).optional(),
    trademarks: z.array(
      z.object({
        number: z.string(),
        country: z.string(),
        class: z.string().optional(),
        text: z.string().optional(),
        expires: z.string().optional(),
      }),
    ),
    papers: z.array(
      z.object({
        kind: z.string(),
        number: z.string().optional(),
        file: z.string().optional(),
        expires: z.string().optional(),
      }),
    ),
    partners: z.array(
      z.object({
        name: z.string(),
        packages: z.array(z.string()),
        publishers: z.array(publisher),
        certificates: z.array(shapes.digest),
      }),
    ),
    searchTerms: z.array(z.string()),
    watch: z.object({ listings: watched, developers: watched }),
    contact: z
      .object({ name: z.string().optional(), email: z.string().optional(), phone: z.string().optional() })
      .optional(),
  })
  .openapi("BrandProfile");

const list = createRoute({
  method: "get",
  path: "/brands",
  summary: "The brands you may read",
  responses: shapes.answers(
    "Their names; each profile goes by its id",
    z.object({
      schema: z.literal("brands/1"),
      brands: z.array(profile.pick({ id: true, title: true, country: true })),
    }),
  ),
});

const one = createRoute({
  method: "get",
  path: "/brands/{id}",
  summary: "What we regard as ours",
  request: { params: shapes.named },
  responses: shapes.answers("The profile", z.object({ schema: z.literal("brand/1"), brand: profile }), 404),
});

export function brandRoutes(app: Api, ports: SitePorts): void {
  app.openapi(list, async (c) => {
    const { rights } = c.get("person");
    const brands = (await ports.brands()).filter(({ id }) => may(rights, id, "read"));
    const outlines = brands.map(({ id, title, country }) => ({ id, title, country }));
    return c.json({ schema: "brands/1" as const, brands: outlines }, 200);
  });

  app.openapi(one, async (c) => {
    const brand = brandFor(await ports.brands(), c.get("person"), c.req.valid("param").id);
    if (brand === undefined) return refuse(c, problemOf("no-brand"));
    return c.json({ schema: "brand/1" as const, brand }, 200);
  });
}
