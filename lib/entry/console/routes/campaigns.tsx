import type { Context } from "hono";
import { isFindingId } from "../../../domain/finding/finding.ts";
import { campaignAround, campaignsAmong } from "../../../workflows/triage/campaign.ts";
import { may, maySomewhere, readable } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { type BulkDone, bulkDecide } from "../bulk.ts";
import { CampaignPage, CampaignsPage } from "../pages/campaigns.tsx";
import { TroublePage } from "../pages/trouble.tsx";
import { readableBrands } from "../readable.ts";
import type { Routes, Seat } from "../seat.ts";

export const campaignRoutes: Routes = (app, ports) => {
  app.get("/campaigns", async (c) => {
    const view = c.get("view");
    const { campaigns, cut } = await campaignsAmong(ports.ledger, readable(view.person.rights));
    return c.html(<CampaignsPage view={view} campaigns={campaigns} cut={cut} />);
  });

  app.get("/campaigns/:id", (c) => campaignPage(c, ports, { said: [] }));

  app.post("/campaigns/:id", async (c) =>
    campaignPage(c, ports, await bulkDecide(ports, c.get("view"), await c.req.parseBody({ all: true }))),
  );
};

/** A campaign goes by any of its members; a member of a brand that may not be read is not there. */
async function campaignPage(c: Context<Seat>, ports: SitePorts, { said, entered }: BulkDone): Promise<Response> {
  const view = c.get("view");
  const { rights } = view.person;
  const id = c.req.param("id") ?? "";
  const finding = isFindingId(id) ? await ports.ledger.read(id) : undefined;
  const around =
    finding !== undefined && may(rights, finding.brand, "read")
      ? await campaignAround(ports.ledger, finding, readable(rights))
      : undefined;
  if (around?.campaign === undefined) {
    return c.html(
      <TroublePage view={view} title={view.t.trouble.noCampaign} hint={view.t.trouble.noFindingHint} />,
      404,
    );
  }
  const brands = await readableBrands(ports, view.person);
  const page = (
    <CampaignPage
      view={view}
      campaign={around.campaign}
      cut={around.cut}
      brands={brands}
      mayTriage={maySomewhere(rights, "triage")}
      said={said}
      entered={entered}
    />
  );
  return c.html(page, said.some(({ tone }) => tone === "refused") ? 409 : 200);
}
