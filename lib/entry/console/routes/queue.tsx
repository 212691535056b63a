import type { Context } from "hono";
import { maySomewhere } from "../../access/rights.ts";
import type { SitePorts } from "../../site/ports.ts";
import { type BulkDone, bulkDecide } from "../bulk.ts";
import { QueuePage } from "../pages/queue.tsx";
import { queueFilter, queueWish } from "../queue-wish.ts";
import { readableBrands } from "../readable.ts";
import { decidedSaying } from "../saying.ts";
import type { Routes, Seat } from "../seat.ts";

const PAGE = 50;

export const queueRoutes: Routes = (app, ports) => {
  app.get("/queue", (c) => queuePage(c, ports, { said: [] }));

  app.post("/queue", async (c) => {
    const done = await bulkDecide(ports, c.get("view"), await c.req.parseBody({ all: true }));
    return queuePage(c, ports, done);
  });
};

async function queuePage(c: Context<Seat>, ports: SitePorts, { said, entered }: BulkDone): Promise<Response> {
  const view = c.get("view");
  const wish = queueWish(c.req.query());
  const filter = queueFilter(wish, view.person, view.now);
  const told = [...said, ...(await decidedSaying(ports.ledger, view, c.req.query("done")))];
  const [brands, page] = await Promise.all([
    readableBrands(ports, view.person),
    ports.ledger.list(filter, PAGE, wish.cursor).catch((error: Error) => {
      // A cursor of another list, or of yesterday's: the list begins again.
      if (error.name !== "BadCursor") throw error;
      return ports.ledger.list(filter, PAGE);
    }),
  ]);
  const sources = ports.sources.map(({ about }) => ({ id: about.id, name: view.storeName(about.id) }));
  const mayTriage = maySomewhere(view.person.rights, "triage");
  const refused = said.some(({ tone }) => tone === "refused");
  return c.html(
    <QueuePage
      view={view}
      wish={wish}
      brands={brands}
      sources={sources}
      page={page}
      mayTriage={mayTriage}
      said={told}
      entered={entered}
    />,
    refused ? 409 : 200,
  );
}
