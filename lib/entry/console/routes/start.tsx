import type { Context } from "hono";
import { type Briefing, brief } from "../../../workflows/desk/briefing.ts";
import { authorityFor } from "../../access/authority.ts";
import { readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { StartPage } from "../pages/start.tsx";
import { readableBrands } from "../readable.ts";
import type { Routes, Seat } from "../seat.ts";

export const startRoutes: Routes = (app, ports) => {
  app.get("/", async (c) => {
    const view = c.get("view");
    const [briefing, brands] = await Promise.all([briefingFor(c, ports), readableBrands(ports, view.person)]);
    return c.html(<StartPage view={view} briefing={briefing} brands={brands} said={[]} />);
  });
};

/** What waits on the one who asks. */
export async function briefingFor(c: Context<Seat>, ports: SitePorts): Promise<Briefing> {
  const { person, now } = c.get("view");
  const [brands, delegations] = await Promise.all([ports.brands(), ports.desk.delegations()]);
  return brief(ports, {
    name: person.name,
    brands: readable(person.rights),
    known: brands.map(({ id }) => id),
    mayAuthorise: (brand) => authorityFor(person, brand, "authorise", delegations, now).granted,
  });
}
