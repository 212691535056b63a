import { type Briefing, brief } from "../../../workflows/desk/briefing.ts";
import { authorityFor } from "../../access/authority.ts";
import { readable } from "../../access/rights.ts";
import { isOwnVisit } from "../../access/visit.ts";
import type { SitePorts } from "../../site/ports.ts";
import { StartPage } from "../pages/start.tsx";
import { readableBrands } from "../readable.ts";
import type { Routes } from "../seat.ts";
import type { View } from "../view.ts";

export const startRoutes: Routes = (app, ports) => {
  app.get("/", async (c) => {
    const view = c.get("view");
    const visits = isOwnVisit(c);
    const [briefing, brands] = await Promise.all([
      briefingFor(view, ports, visits),
      readableBrands(ports, view.person),
    ]);
    return c.html(<StartPage view={view} briefing={briefing} brands={brands} said={[]} />);
  });
};

/** What waits on the one who asks. */
async function briefingFor({ person, now }: View, ports: SitePorts, visits: boolean): Promise<Briefing> {
  const [brands, delegations] = await Promise.all([ports.brands(), ports.desk.delegationsOf(person.name)]);
  const who = {
    name: person.name,
    brands: readable(person.rights),
    known: brands.map(({ id }) => id),
    mayAuthorise: (brand: string) => authorityFor(person, brand, "authorise", delegations, now).granted,
  };
  return brief(ports, who, visits);
}
